/** SYNC exchanges, and what each says about the clock of the device. */
import type { Conversation } from '../conversation.ts';
import type { Boot } from '../restarts.ts';
import { rightCommands } from './answer-rules.ts';
import { ticksBetween } from './ticked-lines.ts';
import { perConversation } from './per-conversation.ts';

/**
 * One exchange. The offset of the host's clock to the ticks (unwrapped, `rxTicks` of them) was between the bounds: the
 * device read its clock after the command had come, and before it began to answer. Ticks are whole.
 */
export interface SyncExchange {
  readonly entry: number;
  readonly boot: Boot;
  /** When the command was sent, in ms. */
  readonly sentMs: number;
  /** How long the exchange took, in ms. */
  readonly tookMs: number;
  readonly rxTicks: number;
  readonly txTicks: number;
  readonly lowerMs: number;
  readonly upperMs: number;
}

/** All exchanges whose ticks can be read. */
export const findSyncs: (conversation: Conversation) => readonly SyncExchange[] = perConversation(
  (conversation) => {
    const { byteMs, values } = conversation;
    const syncs: SyncExchange[] = [];
    for (const { answers, atMs, bytes, boot } of rightCommands(conversation)) {
      const answer = answers[0];
      if (answer?.meant?.kind !== 'sync' || answer.meant.fault !== undefined) continue;
      if (!values.includes(answer)) continue;
      const { rxTicks, txTicks } = answer.meant;
      if (Number.isNaN(rxTicks) || Number.isNaN(txTicks)) continue;
      const last = syncs.findLast((sync) => sync.boot === boot);
      // Counted on from the exchange before, over the wrap.
      const rx = last === undefined ? rxTicks : last.rxTicks + ticksBetween(last.rxTicks, rxTicks);
      const tx = rx + ticksBetween(rxTicks, txTicks);
      const begunMs = answer.atMs - answer.bytes.length * byteMs;
      syncs.push({
        entry: answer.entry,
        boot,
        sentMs: atMs,
        tookMs: answer.atMs - atMs,
        rxTicks: rx,
        txTicks: tx,
        lowerMs: atMs + bytes * byteMs - rx - 1,
        // Where tx_ticks cannot be right, rx_ticks bounds the offset, too.
        upperMs: begunMs - (tx - rx > answer.atMs - atMs + 1 ? rx : tx),
      });
    }
    return syncs;
  },
);
