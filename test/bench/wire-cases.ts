/** What the million damaged lines are damaged by, and how many of each. */
import { crc16CcittFalse, formatCrc, LINE_END } from '../../firmware-protocol/index.ts';
import { WIRE_DAMAGES } from '../../simulator/core/faults.ts';
import type { BaudRates, WireDamage } from '../../simulator/core/faults.ts';
import { garbleLine } from '../../simulator/core/garble.ts';
import { drawChance, drawInteger, drawOne } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/core/random.ts';
import { dropBytes, duplicateBytes } from '../../simulator/core/wire-faults-bytes.ts';
import { damageLine } from '../../simulator/core/wire-faults.ts';
import { seededStreams } from '../../simulator/seeded-random.ts';
import { DamagedStream } from './damaged-stream.ts';
import type { StreamCounts, StreamOptions } from './damaged-stream.ts';

/** More lines are hit than not, and still good ones come between. */
const HIT_RATE = 0.7;
/** With more at once, nothing would arrive whole. */
const MIXED_RATE = 0.08;
const ZERO = '0'.charCodeAt(0);
const ROM_BAUD: BaudRates = { sent: 74_880, read: 57_600 };
const WRONG_BAUDS: readonly BaudRates[] = [9_600, 19_200, 38_400, 56_000, 60_000, 115_200].map(
  (sent) => ({ sent, read: 57_600 }),
);

/** One row of the table: how it is called, and its share of the damaged lines. */
export interface WireCase {
  readonly name: string;
  readonly share: number;
  readonly options: (random: Random) => StreamOptions;
}

function baudOf(damage: WireDamage, random: Random): BaudRates {
  return damage === 'wrong-baud' ? drawOne(random, WRONG_BAUDS) : ROM_BAUD;
}

function caseOf(damage: WireDamage, share: number): WireCase {
  return {
    name: damage,
    share,
    options: (random) => ({
      damage: (line) =>
        drawChance(random, HIT_RATE)
          ? damageLine(damage, line, { random, baud: baudOf(damage, random) })
          : line,
    }),
  };
}

/** Boot lines are rare: this trainer boots often, and only its boot lines are hit. */
const BOOT_GARBAGE: WireCase = {
  name: 'boot-garbage',
  share: 0.002,
  options: (random) => ({
    rebootEvery: 100,
    damage: (line, device) =>
      device.kind === 'boot' ? damageLine('boot-garbage', line, { random, baud: ROM_BAUD }) : line,
  }),
};

const MIXED: WireCase = {
  name: 'all of them',
  share: 0.15,
  options: (random) => ({
    damage: (line, device) => {
      let text = line;
      for (const damage of WIRE_DAMAGES) {
        if (text === '' || !drawChance(random, MIXED_RATE)) continue;
        if (damage === 'boot-garbage' && device.kind !== 'boot') continue;
        text = damageLine(damage, text, { random, baud: baudOf(damage, random) });
      }
      return text;
    },
  }),
};

/** The faults of scenarios, in shares of all damaged lines. */
export const WIRE_CASES: readonly WireCase[] = [
  caseOf('garble', 0.25),
  caseOf('drop', 0.2),
  caseOf('duplicate', 0.2),
  caseOf('partial', 0.05),
  caseOf('merge', 0.05),
  caseOf('cr-only', 0.03),
  caseOf('wrong-baud', 0.068),
  BOOT_GARBAGE,
  MIXED,
];

/** No cable does this: two or three digits of a reading become other digits, so that the grammar sees nothing. */
export const DIGITS_EXCHANGED: WireCase = {
  name: 'digits exchanged',
  share: 1,
  options: (random) => ({
    damage: (line, device) =>
      device.kind === 'reading' && drawChance(random, HIT_RATE)
        ? exchangeDigits(line, random)
        : line,
  }),
};

/**
 * What would land if there were no CRC: damage behind which stands the CRC that is right for it. Of real damage one line
 * in 65,536 is like that.
 */
export const FORGED: readonly WireCase[] = [
  { name: 'forged garble', share: 0.02, options: forge(garbleLine) },
  { name: 'forged drop', share: 0.02, options: forge(dropBytes) },
  { name: 'forged duplicate', share: 0.02, options: forge(duplicateRun) },
  { name: 'forged digits', share: 0.02, options: forge(exchangeDigits) },
];

/** Good lines of a trainer that drifts by 100 ppm. */
export const HEALTHY = 'nothing';

/** Plays the case of that name until so many damaged lines have arrived, or so many good ones were sent. */
export function playCase(name: string, lines: number, seed: number): StreamCounts {
  const random = seededStreams(seed)(`wire/${name}`);
  if (name === HEALTHY) {
    const stream = new DamagedStream({ damage: (line) => line, driftPpm: 100 });
    return stream.run({ damaged: 1, sent: lines });
  }
  const wireCase = [...WIRE_CASES, DIGITS_EXCHANGED, ...FORGED].find((each) => each.name === name);
  const stream = new DamagedStream((wireCase as WireCase).options(random));
  return stream.run({ damaged: lines, sent: Number.MAX_SAFE_INTEGER });
}

function exchangeDigits(line: string, random: Random): string {
  let text = line;
  for (let changes = drawInteger(random, 2, 3); changes > 0; changes--) {
    const at = drawDigit(text, random);
    const digit = (Number(text[at]) + drawInteger(random, 1, 9)) % 10;
    text = `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
  }
  return text;
}

/** Where a digit stands, of which every reading has some. */
function drawDigit(text: string, random: Random): number {
  for (;;) {
    const at = drawInteger(random, 0, text.length - 1);
    const character = text.charCodeAt(at) - ZERO;
    if (character >= 0 && character < 10) return at;
  }
}

/** Damages a reading in front of its CRC, and gives it the CRC that is right for what is left. */
function forge(change: (text: string, random: Random) => string): WireCase['options'] {
  return (random) => ({
    damage: (line, device) => {
      if (device.kind !== 'reading' || !drawChance(random, HIT_RATE)) return line;
      const text = line.slice(0, line.lastIndexOf('*'));
      const changed = change(`${text}\r\n`, random).replace(/\r?\n?$/, '');
      // What is as it was before, or empty, is not damaged.
      return changed === text || changed === '' ? line : frame(changed);
    },
  });
}

/** A part of the line comes twice; a whole one would be two lines. */
function duplicateRun(line: string, random: Random): string {
  const changed = duplicateBytes(line, random);
  return changed === line + line ? line : changed;
}

function frame(text: string): string {
  return `${text}*${formatCrc(crc16CcittFalse(text))}${LINE_END}`;
}
