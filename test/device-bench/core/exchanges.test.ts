import { describe, expect, it } from 'vitest';
import { cutIntoActs, linesOf } from '../../../device-bench/core/exchanges.ts';
import type { Exchange } from '../../../device-bench/core/exchanges.ts';
import { tellTranscript } from './told-transcript.ts';

describe('cutIntoActs', () => {
  it('groups what came under what was sent, act by act', () => {
    const acts = cutIntoActs(
      tellTranscript(
        '!HB,7F3A,1',
        '/greet',
        '!BOOT,7F3A,PWR',
        '> ID?',
        '#text',
        '=ERR,,3',
        '/reboot',
        'reset',
        '!BOOT,0001,RST',
        '/greet',
        'closed',
      ),
    );
    const cut = acts.map(({ name, ordinal, entry, exchanges }) => ({
      name,
      ordinal,
      entry,
      exchanges: exchanges.map(({ sent, lines }) => [sent, ...lines.map((line) => line.entry)]),
    }));
    expect(cut).toEqual([
      {
        name: 'greet',
        ordinal: 0,
        entry: 1,
        exchanges: [
          [undefined, 2],
          ['ID?\r\n', 4, 5],
        ],
      },
      { name: 'reboot', ordinal: 0, entry: 6, exchanges: [[undefined], ['reset', 8]] },
      { name: 'greet', ordinal: 1, entry: 9, exchanges: [[undefined]] },
    ]);
  });

  it('remembers over acts what came before', () => {
    const [, second] = cutIntoActs(
      tellTranscript('/a', '!BOOT,7F3A,PWR', '$R,7F3A,0,5,181,0', '/b', '$R,7F3A,2,6,181,0'),
    );
    expect(second?.exchanges[0]?.lines[0]?.shape.isOdd).toBe(true);
  });

  it('is empty for a transcript without acts', () => {
    expect(cutIntoActs(tellTranscript('!BOOT,7F3A,PWR'))).toEqual([]);
  });
});

it('linesOf gives the lines of one kind', () => {
  const lines = ['/greet', '!BOOT,7F3A,PWR', '#x', '$R,7F3A,0,9,1,0', '!HB,7F3A,12'];
  const exchange = cutIntoActs(tellTranscript(...lines))[0]?.exchanges[0] as Exchange;
  const entries = (['answer', 'reading', 'heartbeat', 'text'] as const).map((kind) =>
    linesOf(exchange, kind).map(({ entry }) => entry),
  );
  expect(entries).toEqual([[1], [3], [4], [2]]);
});
