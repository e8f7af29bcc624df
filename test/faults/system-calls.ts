/** What a process asked of the system, in the order in which it did, and what was durable when. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parser } from 'mqtt-packet';

/** One call. All but those that begin or send are written down when they have succeeded. */
export interface SystemCall {
  readonly call:
    'open' | 'write' | 'sync-begins' | 'sync-ends' | 'rename' | 'remove' | 'make-folder' | 'send';
  /** Of the file or folder; that after a rename. Empty for sockets. */
  readonly path: string;
  /** What it was called before the rename. */
  readonly from?: string;
  /** What was written, one character per byte. */
  readonly text?: string;
  /** Joins the beginning of a sync with its end. */
  readonly sync?: number;
  readonly socket?: number;
  readonly hex?: string;
}

/** All calls of a process. Moments are places in their order. */
export class SystemCalls {
  readonly calls: readonly SystemCall[];

  constructor(file: string) {
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    this.calls = lines.map((line) => JSON.parse(line) as SystemCall);
  }

  /** The moments of calls of one kind, with a path like this. */
  moments(call: SystemCall['call'], path: RegExp, text = ''): number[] {
    return this.calls.flatMap((each, moment) =>
      each.call === call && path.test(each.path) && (each.text ?? '').includes(text)
        ? [moment]
        : [],
    );
  }

  /** The first of them after a moment; infinity when there is none. */
  next(after: number, call: SystemCall['call'], path: RegExp, text = ''): number {
    return this.moments(call, path, text).find((moment) => moment > after) ?? Infinity;
  }

  pathAt(moment: number): string {
    return this.calls[moment]?.path ?? '';
  }

  /** When the first sync of a path had ended that began after a moment; infinity when none did. */
  durableAt(path: string, after: number): number {
    const begun = new Set<number | undefined>();
    for (let moment = after + 1; moment < this.calls.length; moment++) {
      const { call, sync, path: synced } = this.calls[moment] as SystemCall;
      if (synced !== path) continue;
      if (call === 'sync-begins') begun.add(sync);
      if (call === 'sync-ends' && begun.has(sync)) return moment;
    }
    return Infinity;
  }

  /** When the name that a call made was durable in its folder. */
  nameDurableAt(moment: number): number {
    return this.durableAt(dirname(this.pathAt(moment)), moment);
  }

  /** When each PUBACK went out, by socket and packet id; of one id twice, the first counts. */
  pubacks(): { readonly id: number; readonly moment: number }[] {
    const found: { readonly id: number; readonly moment: number }[] = [];
    const packets = new Map<number | undefined, ReturnType<typeof parser>>();
    for (const [now, { call, socket, hex = '' }] of this.calls.entries()) {
      if (call !== 'send') continue;
      let decoder = packets.get(socket);
      if (decoder === undefined) {
        decoder = parser();
        packets.set(socket, decoder);
      }
      const ids: number[] = [];
      const take = (packet: { readonly cmd: string; readonly messageId?: number }): void => {
        if (packet.cmd === 'puback') ids.push(packet.messageId ?? 0);
      };
      decoder.on('packet', take);
      decoder.parse(Buffer.from(hex, 'hex'));
      decoder.removeListener('packet', take);
      found.push(...ids.map((id) => ({ id, moment: now })));
    }
    return found;
  }
}
