/** What a recorded device answers to commands that its recording does not hold. */
import { decodeHostCommand, SEQ_MAX } from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import type { ScriptBoot, ScriptLine } from './replay-script.ts';
import { stepTrainer, TRAINER_OFF } from './trainer.ts';

/** The state of a replay when it is asked: what its counter shows, and the number of the next reading. */
export interface AskedReplay {
  readonly boot: ScriptBoot;
  readonly ticks: number;
  readonly seq: number;
}

/**
 * The answers to one command line, none to an empty one: what the recorded device refused is refused again; everything
 * else a virtual trainer of the same identity and options says, with this clock and counter.
 */
export function answerCommand({ boot, ticks, seq }: AskedReplay, text: string): DeviceLine[] {
  const { serialNumber, product, options, errors, id } = boot;
  const decoded = decodeHostCommand(text);
  const refused = decoded.kind === 'command' ? errors.get(decoded.command.kind) : undefined;
  if (refused !== undefined && decoded.kind === 'command') {
    return [{ kind: 'error', tag: decoded.tag, code: refused }];
  }
  const on = stepTrainer(TRAINER_OFF, {
    kind: 'power-on',
    serialNumber,
    product,
    options,
    boot: id,
    why: 'PWR',
    seq,
    ticks,
  });
  const { effects } = stepTrainer(on.state, { kind: 'received', bytes: `${text}\n`, ticks });
  return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.line] : []));
}

/** The number of the first reading from the line at `index` on; behind the last one, the number that would follow. */
export function nextSeq(lines: readonly ScriptLine[], index: number): number {
  for (let at = index; at < lines.length; at++) {
    const seq = lines[at]?.reading?.seq;
    if (seq !== undefined) return seq;
  }
  const last = lines.findLast(({ reading }) => reading !== undefined)?.reading;
  return last === undefined ? 0 : (last.seq + 1) & SEQ_MAX;
}
