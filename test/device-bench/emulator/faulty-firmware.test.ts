/** The kit finds bugs in compiled firmware: the reference in C with one change each, built by avr-gcc where there is one. */
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { referencePath } from './hex-file.ts';
import { checkFirmware } from './kit-on-firmware.ts';

/** One change to a source file, and the rule that is meant to find it. */
interface FaultyFirmware {
  readonly name: string;
  readonly file: 'stl_device.c' | 'avr_main.c';
  readonly from: string;
  readonly to: string;
  readonly rule: RuleId;
}

/** Bugs below the protocol, which the virtual trainer cannot have. */
const FAULTS: readonly FaultyFirmware[] = [
  {
    name: 'takes the CRC function of avr-libc that is reflected',
    file: 'stl_device.c',
    from: 'dev.crc = stl_crc16(dev.crc, (uint8_t)byte);',
    to: 'dev.crc = _crc_ccitt_update(dev.crc, (uint8_t)byte);',
    rule: 'STL-FRAME-003',
  },
  {
    name: 'sets the timer one count too long, 0.4 %',
    file: 'avr_main.c',
    from: 'F_CPU / TIMER_PRESCALER / 1000 - 1',
    to: 'F_CPU / TIMER_PRESCALER / 1000',
    rule: 'STL-SYNC-005',
  },
  {
    name: 'never writes its boot counter',
    file: 'avr_main.c',
    from: '  eeprom_update_word(BOOT_COUNTER, count);\n',
    to: '',
    rule: 'STL-BOOT-002',
  },
];
const CHECK_MS_MAX = 120_000;

function hasCompiler(): boolean {
  try {
    execFileSync('avr-gcc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** On a machine that checks changes nothing may be left out. */
const isOptional = process.env['CI'] !== 'true';

describe.skipIf(!hasCompiler() && isOptional)('firmware in C (needs avr-gcc and make)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stedi-faulty-firmware-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test.each(FAULTS)(
    'that $name breaks $rule',
    async ({ file, from, to, rule }) => {
      const sources = await mkdtemp(join(folder, 'source-'));
      await cp(referencePath(''), sources, { recursive: true });
      const text = await readFile(join(sources, file), 'utf8');
      expect(text.split(from)).toHaveLength(2);
      await writeFile(join(sources, file), text.replace(from, to));
      execFileSync('make', ['--silent', '-C', sources, 'BUILD=made']);
      const hex = await readFile(join(sources, 'made', 'stl-reference.hex'), 'latin1');
      const { rules } = checkFirmware(hex).report;
      const broken = rules.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
      expect(broken).toEqual([rule]);
    },
    CHECK_MS_MAX,
  );
});
