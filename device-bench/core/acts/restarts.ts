/** The acts that restart the device. */
import {
  BOOT_MS_MAX,
  encodeHostCommand,
  SEQ_MAX,
  TICKS_MAX,
} from '../../../firmware-protocol/index.ts';
import { isReading, wait } from './act.ts';
import type { Act } from './act.ts';
import { ask, easyRateHz, isStepwise, nextTag, withoutCrc } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { quieten } from './stop.ts';
import { watchReadings } from './streams.ts';

/** How long the kit waits for a boot: longer than it may take, to tell a late one from none. */
const BOOT_WAIT_MS = 2 * BOOT_MS_MAX;
/** How long a device that has booted is watched for readings that nobody asked for. */
const WATCH_MS = 700;
const STREAM_HZ = 20;
/** Readings that seq has left until it wraps, and ms that ticks have. */
const SEQ_LEFT = 8;
const SEQ_LEFT_STEPWISE = 1;
const TICKS_LEFT_MS = 2_500;
const WRAP_MS = 3_000;

/** How a device can be restarted. */
export type RestartKind = 'REBOOT' | 'reset line';

/** The ways in which this device can be restarted. */
export function restartKinds({ options, canReset }: Dialogue): readonly RestartKind[] {
  return [
    ...(options.includes('REBOOT') ? (['REBOOT'] as const) : []),
    ...(canReset ? (['reset line'] as const) : []),
  ];
}

/** A restart at rest: is it announced, is the device the same, and do its counters begin again. */
export function* restart(dialogue: Dialogue, kind: RestartKind): Act {
  yield { kind: 'act', name: 'restart' };
  yield* restartBy(dialogue, kind);
  yield* ask(dialogue, { kind: 'identify' });
  yield* ask(dialogue, { kind: 'start', rateHz: easyRateHz(dialogue, STREAM_HZ) });
  yield* watchReadings(dialogue, WATCH_MS, 2);
  yield* quieten(dialogue);
}

/** A restart in the middle of a stream: it ends there. */
export function* restartInStream(dialogue: Dialogue, kind: RestartKind): Act {
  yield { kind: 'act', name: 'reboot-in-stream' };
  yield* ask(dialogue, { kind: 'start', rateHz: easyRateHz(dialogue, STREAM_HZ) });
  yield* watchReadings(dialogue, WATCH_MS, 1);
  yield* restartBy(dialogue, kind);
  yield* ask(dialogue, { kind: 'identify' });
}

/** Counters shortly before their ends. */
export function* wrap(dialogue: Dialogue): Act {
  yield { kind: 'act', name: 'wrap' };
  const left = isStepwise(dialogue) ? SEQ_LEFT_STEPWISE : SEQ_LEFT;
  const seq = SEQ_MAX - left;
  const ticks = TICKS_MAX - TICKS_LEFT_MS;
  yield* reboot(dialogue, seq, ticks);
  yield* ask(dialogue, { kind: 'start', rateHz: easyRateHz(dialogue, STREAM_HZ) });
  yield* watchReadings(dialogue, WRAP_MS, left + 3);
  yield* quieten(dialogue);
}

function* restartBy(dialogue: Dialogue, kind: RestartKind): Act {
  if (kind === 'REBOOT') return yield* reboot(dialogue, 0, 0);
  yield { kind: 'reset' };
  return yield* awaitBoot(dialogue);
}

function* reboot(dialogue: Dialogue, seq: number, ticks: number): Act {
  const line = encodeHostCommand(nextTag(dialogue), { kind: 'reboot', seq, ticks });
  yield { kind: 'send', bytes: dialogue.isTyped ? withoutCrc(line) : line };
  yield* awaitBoot(dialogue);
}

function* awaitBoot(dialogue: Dialogue): Act {
  yield* wait(BOOT_WAIT_MS, (line) => line.meant?.kind === 'boot');
  const { lines } = yield* wait(WATCH_MS);
  if (lines.some(isReading)) yield* quieten(dialogue);
}
