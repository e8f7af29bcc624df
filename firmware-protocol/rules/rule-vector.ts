/** Example conversations of a rule, in a notation that reads like a log. */
import { LINE_END } from '../framing.ts';
import type { RuleId } from './rules.ts';

/**
 * One line of a conversation: when, who, what. Times are ms; that of a line is the arrival of its last byte, and of its
 * first byte too unless `from-to` says otherwise.
 *
 * | notation         | meaning                                                                                     |
 * |------------------|---------------------------------------------------------------------------------------------|
 * | `0 > PING*6427`  | the host sends a command that the codec understands                                         |
 * | `0 >! PONG`      | the host sends on purpose what the codec refuses, or an empty line                          |
 * | `9 < =OK,,PING,…`| the device sends a line that the codec understands                                          |
 * | `9 <? E (31) x`  | the device sends a line that the codec refuses                                              |
 * | `9 <~ $R,7F`     | the device sends these bytes and then, until the end of the conversation, no line end       |
 * | `9 reset`        | the device is restarted by its reset line or its power                                      |
 * | `900 end`        | the conversation goes on until then without a byte                                          |
 *
 * Behind the bytes of `>`, `>!`, `<` and `<?` follows CR LF, unless they end with a LF of their own.
 */
export type VectorLine =
  `${Time} ${'>' | '>!' | '<' | '<?' | '<~'} ${string}` | `${number} reset` | `${number} end`;
type Time = `${number}` | `${number}-${number}`;

/** A short conversation with a device. */
export interface RuleVector {
  /** What is right or wrong here, a few words. */
  readonly about: string;
  readonly lines: readonly VectorLine[];
  /** Further rules that a judge may find broken in a wrong conversation. */
  readonly also?: readonly RuleId[];
}

/**
 * The conversations that show what a rule means.
 *
 * A judge is run on them like this: `judge(toEntries(vector))`, where the entries are a transcript of the conformance
 * kit. In every `right` conversation the rule's judge has at least one chance and finds no violation, and no judge of
 * another rule finds any. In every `wrong` conversation the rule's judge finds at least one violation, and judges of
 * other rules find none, except for those named in `also`. Rules with an `option` are judged as if the device had it.
 */
export interface RuleVectors {
  readonly right: readonly RuleVector[];
  readonly wrong: readonly RuleVector[];
}

/** One entry of a conversation; `understood` says whether the codec takes the bytes for a line or command. */
export type VectorEntry =
  | {
      readonly kind: 'received';
      readonly fromMs: number;
      readonly atMs: number;
      readonly bytes: string;
      readonly understood: boolean;
    }
  | {
      readonly kind: 'sent';
      readonly atMs: number;
      readonly bytes: string;
      readonly understood: boolean;
    }
  | { readonly kind: 'reset'; readonly atMs: number }
  | { readonly kind: 'act'; readonly atMs: number; readonly name: 'end' };

const NOTATION = /^([\d.]+)(?:-([\d.]+))? (>!?|<[?~]?|reset|end)(?: ([^]*))?$/;

/** The entries of a conversation, bytes with one byte per character. */
export function toEntries(vector: RuleVector): readonly VectorEntry[] {
  return vector.lines.map(toEntry);
}

function toEntry(line: VectorLine): VectorEntry {
  const [, from, to, mark = '', text = ''] = NOTATION.exec(line) ?? [];
  const fromMs = Number(from);
  const atMs = Number(to ?? from);
  if (mark === 'reset') return { kind: 'reset', atMs };
  if (mark === 'end') return { kind: 'act', atMs, name: 'end' };
  const bytes = mark === '<~' || text.endsWith('\n') ? text : text + LINE_END;
  const understood = mark.length === 1;
  return mark.startsWith('>')
    ? { kind: 'sent', atMs, bytes, understood }
    : { kind: 'received', fromMs, atMs, bytes, understood };
}
