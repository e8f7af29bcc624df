import { expect, it } from 'vitest';
import type { VirtualTime } from '../../../simulator/index.ts';
import type { DeviceLink, KitReport } from '../../../device-bench/index.ts';
import { board, runKit } from './scripted-link.ts';

const CR = 0x0d;

/** A board whose every fiftieth line is torn between CR and LF by a host that stalls for `stallMs`. */
function stalling(stallMs: number): DeviceLink & { readonly timers: VirtualTime } {
  const device = board();
  const { timers, byteMs } = device;
  let lines = 0;
  let untilMs = 0;
  return {
    timers,
    byteMs,
    write: (bytes) => device.write(bytes),
    onClose: (listener) => device.onClose(listener),
    reset: () => device.reset(),
    onData: (listener) =>
      device.onData((chunk) => {
        for (const byte of chunk) {
          timers.at(untilMs, () => listener(Uint8Array.of(byte)));
          if (byte === CR && ++lines % 50 === 0) untilMs = timers.now() + stallMs;
        }
      }),
  };
}

function failedIn({ rules }: KitReport): readonly string[] {
  return rules.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
}

it('a LF that comes 160 ms after its CR ends its line all the same', () => {
  const { report } = runKit(stalling(160));
  expect(failedIn(report).filter((id) => id.startsWith('STL-FRAME'))).toEqual([]);
});

it('a CR that no LF follows ends a line that is wrong', () => {
  const { report } = runKit(
    board({ rework: ({ encode }) => ({ encode: (line) => encode(line).replace('\n', '') }) }),
  );
  expect(failedIn(report)).toEqual(['STL-FRAME-006']);
});
