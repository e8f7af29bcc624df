/** What one change to a healthy board is made of. */
import { frameLine } from '../../../firmware-protocol/framing.ts';
import { LINE_END } from '../../../firmware-protocol/index.ts';
import type { DeviceLine, RuleId } from '../../../firmware-protocol/index.ts';
import type { RunningTrainer, TrainerEvent, TrainerStep } from '../../../simulator/core/trainer.ts';
import type { BoardParts, VirtualBoardOptions } from '../../../simulator/index.ts';

/** Exchanges parts of a board. What it remembers belongs to one board: it is called once for each. */
export type Rework = NonNullable<VirtualBoardOptions['rework']>;

/** A board with one fault. */
export interface FaultyDevice {
  readonly name: string;
  /** The rule that is meant for it. */
  readonly rule: RuleId;
  readonly rework?: Rework;
  /** What the fault needs to show, or the fault itself where an option is enough. */
  readonly board?: Pick<
    VirtualBoardOptions,
    'baudRate' | 'bootDelayMs' | 'driftPpm' | 'textEveryMs'
  >;
}

type LineOf<Kind extends DeviceLine['kind']> = Extract<DeviceLine, { kind: Kind }>;

/** Says other lines of a kind. */
export function changeLines<Kind extends DeviceLine['kind']>(
  kind: Kind,
  change: (line: LineOf<Kind>) => DeviceLine,
): Rework {
  return ({ encode }) => ({
    encode: (line) => encode(line.kind === kind ? change(line as LineOf<Kind>) : line),
  });
}

/** Says other bytes; those of a line that is not sent are empty. */
export function changeBytes(change: (bytes: string, line: DeviceLine) => string): Rework {
  return ({ encode }) => ({ encode: (line) => change(encode(line), line) });
}

/** Says other text in lines of a kind, with the right CRC. */
export function changeText(kind: DeviceLine['kind'], change: (text: string) => string): Rework {
  return changeBytes((bytes, line) =>
    line.kind === kind ? frameLine(change(bytes.slice(0, bytes.lastIndexOf('*')))) : bytes,
  );
}

/** Says a framed line with another CRC, four characters or fewer. */
export function changeCrc(change: (text: string, crc: string) => string): Rework {
  return changeBytes((bytes, { kind }) => {
    if (kind === 'text') return bytes;
    const star = bytes.lastIndexOf('*');
    const text = bytes.slice(0, star);
    return `${text}*${change(text, bytes.slice(star + 1, star + 5))}${LINE_END}`;
  });
}

/** Says other ticks, in readings, heartbeats and SYNC responses. */
export function changeTicks(
  change: (ticks: number, line: LineOf<'reading' | 'heartbeat' | 'synced'>) => number,
): (line: DeviceLine) => DeviceLine {
  return (line) => {
    if (line.kind === 'synced') {
      const { rxTicks, txTicks } = line;
      return { ...line, rxTicks: change(rxTicks, line), txTicks: change(txTicks, line) };
    }
    return line.kind === 'reading' || line.kind === 'heartbeat'
      ? { ...line, ticks: change(line.ticks, line) }
      : line;
  };
}

/** {@link changeTicks} as a rework. */
export function withTicks(change: Parameters<typeof changeTicks>[0]): Rework {
  const changed = changeTicks(change);
  return ({ encode }) => ({ encode: (line) => encode(changed(line)) });
}

/** Starts with other values. */
export function changeStart(
  change: (event: TrainerEvent & { kind: 'power-on' }) => TrainerEvent,
): Rework {
  return ({ step }) => ({
    step: (state, event) => step(state, event.kind === 'power-on' ? change(event) : event),
  });
}

/** Comes out of a step other than a healthy trainer; `line` is what it received if that is a whole line. */
export function changeStep(
  change: (seen: {
    readonly before: RunningTrainer;
    readonly event: TrainerEvent;
    readonly line: string | undefined;
    readonly healthy: () => TrainerStep;
    readonly step: BoardParts['step'];
  }) => TrainerStep,
): Rework {
  return ({ step }) => ({
    step: (before, event) => {
      const healthy = (): TrainerStep => step(before, event);
      if (before.power === 'off') return healthy();
      const line =
        event.kind === 'received' && event.bytes.endsWith('\n')
          ? before.input + event.bytes
          : undefined;
      return change({ before, event, line, healthy, step });
    },
  });
}

/** Takes a line that a healthy trainer refuses with the error `code` for another line. */
export function forgive(code: number, correct: (line: string) => string): Rework {
  return changeStep(({ before, event, line, healthy, step }) => {
    const refused = healthy();
    if (line === undefined || event.kind !== 'received' || errorOf(refused) !== code) {
      return refused;
    }
    return step({ ...before, input: '' }, { ...event, bytes: correct(line) });
  });
}

/** Refuses with the error `code` what a healthy trainer carries out, where `isRefused` says so. */
export function refuse(
  code: 1 | 2 | 3 | 4 | 5,
  isRefused: (line: string, before: RunningTrainer) => boolean,
): Rework {
  return changeStep(({ before, line, healthy }) => {
    if (line === undefined || !isRefused(line, before)) return healthy();
    const tag = /^@(\w+) /.exec(line)?.[1] ?? '';
    const error = { kind: 'send', line: { kind: 'error', tag, code } } as const;
    return { state: { ...before, input: '' }, effects: [error] };
  });
}

/** Sets the state otherwise after what a step has said, as long as the trainer runs. */
export function changeState(
  change: (
    after: RunningTrainer,
    said: readonly DeviceLine[],
    before: RunningTrainer,
  ) => RunningTrainer,
): Rework {
  return changeStep(({ before, healthy }) => {
    const after = healthy();
    return after.state.power === 'off'
      ? after
      : { ...after, state: change(after.state, saidIn(after), before) };
  });
}

/** Says nothing where a healthy trainer answers with such a line. */
export function keepSilent(isSilent: (line: DeviceLine) => boolean): Rework {
  return changeStep(({ before, healthy }) => {
    const { state, effects } = healthy();
    if (state.power === 'off' || !saidIn({ state, effects }).some(isSilent)) {
      return { state, effects };
    }
    return { state: { ...state, lastSentTicks: before.lastSentTicks }, effects: [] };
  });
}

/** The lines that a step says. */
export function saidIn({ effects }: TrainerStep): DeviceLine[] {
  return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.line] : []));
}

/** The error with which a step answers. */
export function errorOf(step: TrainerStep): number | undefined {
  return saidIn(step).flatMap((line) => (line.kind === 'error' ? [line.code] : []))[0];
}
