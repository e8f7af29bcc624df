/**
 * Serves the built page over an acted run, to look at it while one works on it:
 * `tsx test/dashboard/serve-acted-run.ts [phase] [port]`, after `npm run build`. Phase `empty`: nothing was judged yet.
 */
import { fileURLToPath } from 'node:url';
import { openDemoServer } from '../../dashboard/server/server.ts';
import type { Phase } from '../../dashboard/api.ts';
import { ActedRun, USUAL } from './acted-run.ts';

const [, , name = 'running', port = '8643', page = '../../dist/dashboard/page'] = process.argv;
const phase = name === 'empty' ? 'running' : (name as Phase);
let runs = 0;
const server = await openDemoServer({
  host: '127.0.0.1',
  port: Number(port),
  page: fileURLToPath(new URL(page, import.meta.url)),
  start: () => {
    runs += 1;
    return Promise.resolve(
      new ActedRun(`acted-${runs}`, { ...USUAL, phase, isJudged: name !== 'empty' }),
    );
  },
});
process.stdout.write(`The page over an acted run: ${server.url}\n`);
process.once('SIGINT', () => void server.close());
process.once('SIGTERM', () => void server.close());
