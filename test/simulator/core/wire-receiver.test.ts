import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_RAW_LINE_BYTES } from '../../../firmware-protocol/index.ts';
import { WIRE_DAMAGES } from '../../../simulator/core/faults.ts';
import { damageLine } from '../../../simulator/core/wire-faults.ts';
import { SentLine, WireReceiver } from '../../../simulator/core/wire-receiver.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

/** What becomes of lines: `arrivals` and whether there are remains; the damaged lines; with what is cut off at the end. */
function receive(...sent: readonly (readonly [line: string, bytes: string])[]) {
  const damaged: string[] = [];
  const receiver = new WireReceiver((text) => damaged.push(text));
  const lines = sent.map(([text, bytes]) => {
    const line = new SentLine(text, () => undefined);
    receiver.take({ text: bytes, line });
    return line;
  });
  receiver.end();
  const fates = lines.map(
    ({ arrivals, hasRemains }) => `${arrivals}${hasRemains ? ' remains' : ''}`,
  );
  return { fates, damaged };
}

const [A, B] = ['$A*1111\r\n', '$B*2222\r\n'];

describe('a line arrives whole', () => {
  it.each([
    ['as it was sent', A],
    ['without its CR', '$A*1111\n'],
    ['with its CR changed into an LF', '$A*1111\n\n'],
    ['behind an empty line', '\r\n$A*1111\r\n'],
    ['in front of an empty line', '$A*1111\r\n\r\n'],
  ])('%s', (_how, bytes) => {
    expect(receive([A, bytes], [B, B])).toEqual({ fates: ['1', '1'], damaged: [] });
  });

  it('as often as it is repeated', () => {
    expect(receive([A, A + A], [B, B])).toEqual({ fates: ['2', '1'], damaged: [] });
  });

  it('and in pieces, when a part of it is repeated', () => {
    expect(receive([A, `${A}111\r\n`], [B, B])).toEqual({
      fates: ['1 remains', '1'],
      damaged: ['111\r'],
    });
  });

  it('with or without CR in what was sent', () => {
    expect(receive(['$A*1111\n', '$A*1111\n'])).toEqual({ fates: ['1'], damaged: [] });
  });
});

describe('a line is damaged', () => {
  it.each<[string, string, string[], string[]]>([
    ['by a byte that changed', '$X*1111\r\n', ['0 remains', '1'], ['$X*1111\r']],
    ['by a CR that changed', '$A*1111x\n', ['0 remains', '1'], ['$A*1111x']],
    ['by a CR that came twice', '$A*1111\r\r\n', ['0 remains', '1'], ['$A*1111\r\r']],
    ['together with the next, by an LF that vanished', '$A*1111\r', ['0 remains', '0 remains'], ['$A*1111\r$B*2222\r']],
    ['together with the next, by an end that vanished', '$A*1111', ['0 remains', '0 remains'], ['$A*1111$B*2222\r']],
    ['together with the next, when it is cut off', '$A', ['0 remains', '0 remains'], ['$A$B*2222\r']],
    ['in two pieces, by a byte that became an LF', '$A\n1111\r\n', ['0 remains', '1'], ['$A', '1111\r']],
    ['together with the next, by noise behind it', `${A}\x00`, ['1 remains', '0 remains'], ['\x00$B*2222\r']],
  ])('%s', (_how, bytes, fates, damaged) => {
    expect(receive([A, bytes], [B, B])).toEqual({ fates, damaged });
  }); // prettier-ignore

  it('when the cable is pulled in front of its LF', () => {
    expect(receive([A, A], [B, '$B*2222\r'])).toEqual({
      fates: ['1', '0 remains'],
      damaged: ['$B*2222\r'],
    });
  });

  it('together with everything in a line that has no end, of which only the beginning is kept', () => {
    const endless = Array.from({ length: 1_000 }, () => [A, '$A*1111\r'] as const);
    const { fates, damaged } = receive(...endless, [B, B], [A, A]);
    expect(new Set(fates.slice(0, 1_001))).toEqual(new Set(['0 remains']));
    expect(fates.at(-1)).toBe('1');
    expect(damaged).toEqual(['$A*1111\r'.repeat(100).slice(0, MAX_RAW_LINE_BYTES)]);
  });
});

describe('nothing of a line arrives', () => {
  it.each([
    ['when all of it vanishes', ''],
    ['when only its line end is left', '\r\n'],
    ['when only its CR is left, which damages the next line', '\r'],
  ])('%s', (_how, bytes) => {
    expect(receive([A, bytes], [B, B]).fates[0]).toBe('0');
  });
});

it('tells each line of every change', () => {
  const changes: string[] = [];
  const line = new SentLine(A, ({ arrivals, hasRemains }) =>
    changes.push(`${arrivals} ${hasRemains}`),
  );
  const receiver = new WireReceiver(() => undefined);
  receiver.take({ text: A + A, line });
  receiver.take({ text: '$A\r\n', line });
  expect(changes).toEqual(['1 false', '2 false', '2 true']);
});

/** The definition, said in another way: a line arrives as often as its content stands between two LFs. */
it('counts what the definition counts, whatever happens to the bytes and wherever chunks are cut', () => {
  const hit = fc.tuple(fc.constantFrom(...WIRE_DAMAGES, undefined), fc.nat(1_000));
  fc.assert(
    fc.property(fc.array(hit, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (hits, size) => {
      const sent = hits.map(([damage, seed], index): [string, string] => {
        const text = `$R,${index},${seed}*ABCD\r\n`;
        const random = seededStreams(seed)('test');
        const baud = { sent: 9_600, read: 19_200 };
        return [text, damage === undefined ? text : damageLine(damage, text, { random, baud })];
      });
      const stream = sent
        .map(([, bytes]) => bytes)
        .join('')
        .split('\n');
      const complete = stream.slice(0, -1).map((piece) => piece.replace(/\r$/, ''));
      const damaged: string[] = [];
      const receiver = new WireReceiver((text) => damaged.push(text));
      const lines = sent.map(([text, bytes]) => {
        const line = new SentLine(text, () => undefined);
        for (let from = 0; from < bytes.length; from += size) {
          receiver.take({ text: bytes.slice(from, from + size), line });
        }
        return line;
      });
      receiver.end();
      for (const { content, arrivals } of lines) {
        expect(arrivals).toBe(complete.filter((piece) => piece === content).length);
      }
      const wanted = new Set(lines.map(({ content }) => content));
      const others = complete.filter((piece) => piece !== '' && !wanted.has(piece)).length;
      const cutOff = stream.at(-1)?.replace(/^\r$/, '') === '' ? 0 : 1;
      expect(damaged).toHaveLength(others + cutOff);
    }),
    { numRuns: 500 },
  );
});
