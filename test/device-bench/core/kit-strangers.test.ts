import { describe, expect, it, test } from 'vitest';
import type { KitReport } from '../../../device-bench/index.ts';
import { drawInteger } from '../../../simulator/core/random.ts';
import { seededStreams } from '../../../simulator/index.ts';
import { runKit, ScriptedLink } from './scripted-link.ts';

const CHUNK_BYTES = 58;
const CHUNK_MS = 10;

/** Bytes of a line whose baud rate is wrong, for as long as the clock runs. */
function noisy(seed: number): ScriptedLink {
  const random = seededStreams(seed)('noise');
  const link = new ScriptedLink();
  link.repeat(CHUNK_MS, () =>
    String.fromCharCode(...Array.from({ length: CHUNK_BYTES }, () => drawInteger(random, 0, 255))),
  );
  return link;
}

function judged({ rules }: KitReport): readonly string[] {
  return rules.filter(({ verdict }) => verdict !== 'not-tested').map(({ id }) => id);
}

describe('random bytes', () => {
  it.each([1, 2, 3, 4, 5])(
    'are a wrong baud rate, soon and without a judgement, seed %d',
    (seed) => {
      const { report, endMs } = runKit(noisy(seed));
      expect(report.stopped).toMatch(/not text: probably the baud rate is wrong/);
      expect([report.verdict, report.level, judged(report)]).toEqual(['failed', undefined, []]);
      expect(report.rules[0]?.reason).toBe('what arrives is not text');
      expect(endMs).toBeLessThan(8_000);
    },
  );

  it('are one, too, where they come in answer only', () => {
    const random = seededStreams(6)('noise');
    const draw = (): number => drawInteger(random, 0, 255);
    const { report } = runKit(
      new ScriptedLink((_bytes, link) =>
        link.say(String.fromCharCode(...Array.from({ length: 30 }, draw))),
      ),
    );
    expect(report.stopped).toMatch(/baud rate/);
    expect(judged(report)).toEqual([]);
  });
});

test.each<readonly [string, (bytes: string) => string, RegExp]>([
  ['a loopback', (bytes) => bytes, /sends back what was sent/],
  ['a modem', (bytes) => `${bytes.trim()}\r\r\nERROR\r\n`, /sends back.*"ERROR"/],
  ['a shell', () => 'sh: not found\r\n$ ', /sends text.*The first line is "sh: not found"/],
  ['a device without LF', () => '=ID,k1,1,STEDI,ST-1,x,1,7F3A*0000', /LF is missing/],
])('%s is called what it is, and no rule is judged', (_what, answer, words) => {
  const { report } = runKit(new ScriptedLink((bytes, link) => link.say(answer(bytes))));
  expect(report.stopped).toMatch(words);
  expect(judged(report)).toEqual([]);
});
