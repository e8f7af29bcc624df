/** `npm run soak -- --minutes N --seed S`: the soak test for longer than CI has time for. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const { status } = spawnSync('npx', ['vitest', 'run', 'test/faults/soak.test.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    STEDI_SOAK_SECONDS: String(Number(values.minutes) * 60),
    STEDI_SOAK_SEED: values.seed,
  },
});
process.exitCode = status ?? 1;
