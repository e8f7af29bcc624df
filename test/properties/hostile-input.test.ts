import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SerialLines } from '../../bridge/adapters/serial-lines.ts';
import { takeUnframed } from '../../bridge/core/device-data.ts';
import { LineCutter } from '../../device-bench/core/line-cutter.ts';
import {
  decodeDeviceLine,
  decodeHostCommand,
  decodePhonePayload,
  decodeRawRecord,
  encodeDeviceLine,
  encodeHostCommand,
  LineGuard,
  MAX_LINE_BYTES,
  MAX_RAW_LINE_BYTES,
  RULE_IDS,
} from '../../firmware-protocol/index.ts';
import { stepTrainer } from '../../simulator/core/trainer.ts';
import type { TrainerState } from '../../simulator/core/trainer.ts';
import { NASTY_LINES } from '../firmware-protocol/nasty-lines.ts';
import { IDLE } from '../simulator/core/trainer-states.ts';
import { deviceLines } from './stl1-arbitraries.ts';

const NASTY = Object.values(NASTY_LINES).flatMap((lines) => lines.map(([bytes]) => bytes));
/** The corpus without its few lines of many hundred bytes. */
const SHORT = NASTY.filter((bytes) => bytes.length < 200);
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Two nasty lines, cut and joined, with a few bytes changed: what fuzzers call a splice. */
const spliced = fc
  .record({
    head: fc.constantFrom(...SHORT),
    tail: fc.constantFrom(...SHORT),
    at: fc.nat(80),
    from: fc.nat(80),
    noise: fc.uint8Array({ maxLength: 3 }),
  })
  .map(({ head, tail, at, from, noise }) =>
    (head.slice(0, at) + Buffer.from(noise).toString('latin1') + tail.slice(from)).replaceAll(
      '\n',
      '',
    ),
  );
const anything = fc.oneof(fc.constantFrom(...SHORT), spliced, fc.string({ unit: 'binary' }));

describe('decoders', () => {
  it('of lines refuse with a rule, or understand what is written in the same way', () => {
    fc.assert(
      fc.property(anything, (line) => {
        const decoded = decodeDeviceLine(line);
        const sound =
          decoded.kind === 'rejected'
            ? RULE_IDS.includes(decoded.rule)
            : encodeDeviceLine(decoded) === `${line.replace(/\r$/, '')}\r\n`;
        expect(sound).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('of commands refuse with a rule, or understand what is written in the same way', () => {
    fc.assert(
      fc.property(anything, (line) => {
        const decoded = decodeHostCommand(line);
        const text = line.replace(/\r$/, '');
        const wire =
          decoded.kind === 'command' ? encodeHostCommand(decoded.tag, decoded.command) : '';
        const sound =
          decoded.kind === 'rejected'
            ? RULE_IDS.includes(decoded.rule)
            : [wire.slice(0, -2), wire.slice(0, -7)].includes(text);
        expect(sound).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('of raw records give whole records or a rule', () => {
    const value = fc.oneof(fc.maxSafeNat(), fc.double(), fc.string(), fc.constant(null));
    const record = fc
      .record({ sensorReadingTime: value, serialNumber: value, distanceFromObject: value })
      .map((each) => JSON.stringify(each));
    fc.assert(
      fc.property(fc.oneof(anything, record, fc.json()), (line) => {
        const decoded = decodeRawRecord(line);
        const { sensorReadingTime = 0, distanceFromObject = 0 } =
          decoded.kind === 'record' ? decoded.record : {};
        expect([sensorReadingTime, distanceFromObject].every(Number.isSafeInteger)).toBe(true);
        expect(decoded.kind === 'record' || RULE_IDS.includes(decoded.rule)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('of phone payloads give records with finite numbers, or a reason', () => {
    const odd = fc.constantFrom<unknown>(0, -0, 1e9, 1e300, -1, '1', null, true, [], {}, 1.5);
    const sample = fc.oneof(fc.array(odd, { maxLength: 5 }), odd);
    const payload = fc.record(
      {
        user: fc.oneof(fc.string(), odd),
        session: fc.oneof(fc.string(), odd),
        seq: odd,
        samples: fc.oneof(fc.array(sample, { maxLength: 4 }), odd),
        timeStamp: odd,
        timestamp: odd,
        x: odd,
        y: odd,
        z: odd,
        __proto__: odd,
      },
      { requiredKeys: ['user'] },
    );
    const text = fc.oneof(
      payload.map((each) => JSON.stringify(each)),
      fc.json(),
      anything,
    );
    const kinds = new Set<string>();
    fc.assert(
      fc.property(text, (json) => {
        const decoded = decodePhonePayload(json);
        kinds.add(decoded.kind);
        const records = decoded.kind === 'records' ? decoded.records : [];
        const numbers = records.flatMap(({ timeStamp, x, y, z }) => [timeStamp, x, y, z]);
        expect(numbers.every(Number.isFinite)).toBe(true);
        expect(records.every(({ user }) => typeof user === 'string' && user !== '')).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect([...kinds].toSorted()).toEqual(['records', 'rejected']);
  });
});

/** What comes out of the host's reader for a stream in chunks; the half line at the end comes out on its own. */
function read(stream: string, cuts: readonly number[]): { lines: string[]; half: string } {
  const lines: string[] = [];
  const reader = new SerialLines(
    (line) => lines.push(line),
    () => undefined,
  );
  const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
  for (const [index, edge] of edges.entries()) {
    reader.push(bytesOf(stream.slice(edges[index - 1] ?? 0, edge)));
  }
  return { lines, half: reader.end() };
}

const understood = (lines: readonly string[]): object[] =>
  lines.map(decodeDeviceLine).filter((decoded) => decoded.kind !== 'rejected');

describe('the reader of a host', () => {
  const stream = fc.array(
    fc.oneof(fc.constantFrom(...NASTY), spliced, deviceLines.map(encodeDeviceLine)),
    { maxLength: 12 },
  );
  const cuts = fc.array(fc.nat(2_000), { maxLength: 12 });

  it('finds the lines of a stream, however it is cut, and holds none of them for longer than a line may be', () => {
    fc.assert(
      fc.property(stream, cuts, (parts, at) => {
        const text = parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('');
        const { lines, half } = read(text, at);
        const due = text.split('\n').slice(0, -1);
        expect(lines).toEqual(due.map((line) => line.slice(0, MAX_RAW_LINE_BYTES)));
        expect(half).toBe('');
      }),
    );
  });

  it('never takes half a line for a whole one: of a stream that ends anywhere, only whole lines are understood', () => {
    fc.assert(
      fc.property(
        fc.array(deviceLines, { minLength: 1, maxLength: 6 }),
        fc.nat(400),
        (sent, cut) => {
          const text = sent.map(encodeDeviceLine).join('');
          const end = Math.min(cut, text.length);
          const whole = text.slice(0, end).split('\n').length - 1;
          const { lines, half } = read(text.slice(0, end), []);
          expect(understood(lines)).toEqual(sent.slice(0, whole));
          expect(half).toBe(text.slice(text.lastIndexOf('\n', end - 1) + 1, end));
        },
      ),
    );
  });

  it('never takes the beginning of a line that is too long for a whole line', () => {
    const blanks = (length: number): string => ' '.repeat(length);
    const record = '{"sensorReadingTime":1,"serialNumber":"1","distanceFromObject":1}';
    for (const length of [MAX_RAW_LINE_BYTES, MAX_RAW_LINE_BYTES + 1, 5_000]) {
      const { lines } = read(`${record}${blanks(length - record.length)}\nnext\n`, [17, 400]);
      expect(lines).toEqual([expect.stringMatching(/^\{.* $/), 'next']);
      expect(takeUnframed(lines[0] as string)).toMatchObject([{ kind: 'quarantine' }]);
      expect(decodeRawRecord(lines[0] as string)).toMatchObject({ rule: 'STL-RAW-002' });
    }
    fc.assert(
      fc.property(deviceLines, fc.nat(200), (line, more) => {
        const text = encodeDeviceLine(line).slice(0, -2);
        const long = text + 'x'.repeat(MAX_LINE_BYTES - text.length + more);
        const { bytes } = new LineGuard().pass(bytesOf(`${long}\n`));
        const guarded = Buffer.from(bytes).toString('latin1').slice(0, -1);
        expect(decodeDeviceLine(guarded)).toMatchObject({ rule: 'STL-FRAME-002' });
      }),
    );
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still held when all garbage is collected. The memory of buffers is given back a turn later than themselves. */
async function heldBytes(): Promise<number> {
  collectGarbage();
  await nextTurn();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('endless input without a newline', () => {
  const CHUNK = 65_536;
  const CHUNKS = 256;
  const inputs: readonly (readonly [string, () => string])[] = [
    ['one letter', () => 'x'.repeat(CHUNK)],
    ['carriage returns', () => '\r'.repeat(CHUNK)],
    ['NULs', () => '\0'.repeat(CHUNK)],
    ['the corpus', () => NASTY.join('\r').slice(0, CHUNK).padEnd(CHUNK, '$')],
  ];

  it.each(inputs)(
    'of %s: a reader holds a line, and the next one is whole',
    async (_what, chunkOf) => {
      const lines: string[] = [];
      let discarded = 0;
      const reader = new SerialLines(
        (line) => lines.push(line),
        (bytes) => (discarded += bytes),
      );
      reader.push(bytesOf(chunkOf()));
      const before = await heldBytes();
      for (let count = 1; count < CHUNKS; count++) reader.push(bytesOf(chunkOf()));
      expect((await heldBytes()) - before).toBeLessThan(4_000_000);
      expect(discarded).toBe(CHUNKS * CHUNK - MAX_RAW_LINE_BYTES);
      expect(lines).toEqual([]);
      reader.push(bytesOf('\n$R,7F3A,0,421,181,0*0D16\r\n'));
      expect(understood(lines)).toHaveLength(1);
      expect(lines[0]).toHaveLength(MAX_RAW_LINE_BYTES);
    },
  );

  it.each(inputs)(
    'of %s: the bench holds a piece of a line, gives it out, and the next line is whole',
    async (_what, chunkOf) => {
      for (const endsAtCr of [true, false]) {
        const cutter = new LineCutter({ bytesMax: MAX_RAW_LINE_BYTES, endsAtCr });
        const push = (bytes: string): readonly string[] =>
          cutter.push(bytesOf(bytes), 0).map((line) => line.bytes);
        let given = push(chunkOf()).join('').length;
        const before = await heldBytes();
        for (let count = 1; count < CHUNKS / 4; count++) {
          const pieces = push(chunkOf());
          given += pieces.join('').length;
          expect(Math.max(...pieces.map(({ length }) => length))).toBe(MAX_RAW_LINE_BYTES);
          expect(cutter.unfinished.length).toBeLessThanOrEqual(MAX_RAW_LINE_BYTES);
        }
        expect((await heldBytes()) - before).toBeLessThan(3_500_000);
        expect(given + cutter.unfinished.length).toBe((CHUNKS / 4) * CHUNK);
        const line = '$R,7F3A,0,421,181,0*0D16\r\n';
        expect(push(`\n${line}`).at(-1)).toBe(line);
      }
    },
  );

  it.each(inputs)(
    'of %s: a trainer holds a line, and answers the next command',
    async (_what, chunkOf) => {
      let state: TrainerState = IDLE;
      const receive = (bytes: string): readonly object[] => {
        const step = stepTrainer(state, { kind: 'received', bytes, ticks: 700 });
        state = step.state;
        return step.effects;
      };
      receive(chunkOf());
      const before = await heldBytes();
      for (let count = 1; count < CHUNKS; count++) expect(receive(chunkOf())).toEqual([]);
      expect((await heldBytes()) - before).toBeLessThan(4_000_000);
      expect(JSON.stringify(state).length).toBeLessThan(1_000);
      expect(receive('\nPING\n')).toMatchObject([
        { line: { kind: 'error', tag: '', code: 2 } },
        { line: { kind: 'pong', tag: '' } },
      ]);
    },
  );
});

describe('a trainer', () => {
  it('answers each nasty line once, and a command behind it as if nothing had been', () => {
    for (const line of NASTY) {
      const bytes = `${line}\n@9 PING\n`;
      const { effects } = stepTrainer(IDLE, { kind: 'received', bytes, ticks: 700 });
      const kinds = effects.map((effect) =>
        effect.kind === 'send' ? effect.line.kind : effect.kind,
      );
      const asksNothing = /^\r?$/.test(line);
      const reboots = kinds.includes('restart');
      expect(kinds).toHaveLength(asksNothing ? 1 : 2);
      expect(kinds.at(-1)).toBe(reboots ? 'restart' : 'pong');
    }
  });
});
