/** Example conversations of a rule, in a notation that reads like a log. */
import { LINE_END } from '../framing.ts';
import type { RuleId } from './rules.ts';

/**
 * One entry of a conversation, bytes with one byte per character; times in ms. `understood` says whether the codec
 * takes the bytes for a line or a command.
 */
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

/** A short conversation with a device. */
export interface RuleVector {
  /** What is right or wrong here, a few words. */
  readonly about: string;
  readonly entries: readonly VectorEntry[];
  /** Further rules that a judge may find broken in a wrong conversation. */
  readonly also: readonly RuleId[];
}

/**
 * The conversations that show what a rule means.
 *
 * A judge is run on them like this: `judge(vector.entries)`, where the entries are a transcript of the conformance kit.
 * In every `right` conversation the rule's judge has at least one chance and finds no violation, and no judge of
 * another rule finds any. In every `wrong` conversation the rule's judge finds at least one violation, and judges of
 * other rules find none, except for those named in `also`. Rules with an `option` are judged as if the device had it.
 * Conversations of level 0 are for judges of level 0 alone: a device without frames breaks every rule of framing.
 */
export interface RuleVectors {
  readonly right: readonly RuleVector[];
  readonly wrong: readonly RuleVector[];
}

const HEADING = /^(right|wrong): (.*?)(?: \(also ([^)]*)\))?$/;
const ENTRY = /^([\d.]+)(?:-([\d.]+))? (>!?|<[?~]?|reset|end)(?: (.*))?$/;
const CONTROL_PICTURES = /[\u2400-\u2421]/g;

/**
 * Reads the conversations of one rule. Each begins with a heading, `right: …` or `wrong: …`, at whose end
 * `(also STL-CMD-001 STL-CMD-002)` may stand. Then come its entries, one per line: when, who, what. The time is that of
 * the last byte, and of the first too unless `from-to` says otherwise.
 *
 * | notation              | meaning                                                                                |
 * |-----------------------|----------------------------------------------------------------------------------------|
 * | `0 > PING*6427`       | the host sends a command that the codec understands                                    |
 * | `0 >! PONG`           | the host sends on purpose what the codec refuses, or an empty line                     |
 * | `9 < =OK,,PING,*32AD` | the device sends a line that the codec understands                                     |
 * | `9 <? E (31) x`       | the device sends a line that the codec refuses                                         |
 * | `9 <~ $R,7F`          | the device sends these bytes and then, until the conversation ends, no line end        |
 * | `9 reset`             | the device is restarted by its reset line or its power                                 |
 * | `900 end`             | the conversation goes on until then without a byte                                     |
 *
 * Control characters are written as their pictures, such as `␀`, `␛` or `␡`. Behind the bytes of `>`, `>!`, `<` and `<?`
 * follows CR LF, unless they end with `␍` or `␊`. Blanks in front of a line do not count.
 */
export function readVectors(text: string): RuleVectors {
  const vectors = { right: [] as RuleVector[], wrong: [] as RuleVector[] };
  let entries: VectorEntry[] = [];
  for (const line of text.split('\n').map((padded) => padded.trimStart())) {
    const [, verdict, about = '', also = ''] = HEADING.exec(line) ?? [];
    if (verdict !== undefined) {
      entries = [];
      const ids = also.split(' ').filter((id) => id !== '') as RuleId[];
      vectors[verdict as 'right' | 'wrong'].push({ about, entries, also: ids });
    } else if (line !== '') {
      entries.push(readEntry(line));
    }
  }
  return vectors;
}

function readEntry(line: string): VectorEntry {
  const [, from, to, mark = '', text = ''] = ENTRY.exec(line) ?? [];
  const fromMs = Number(from);
  const atMs = Number(to ?? from);
  if (mark === 'reset') return { kind: 'reset', atMs };
  if (mark === 'end') return { kind: 'act', atMs, name: 'end' };
  const raw = text.replaceAll(CONTROL_PICTURES, (picture) =>
    String.fromCharCode(picture === '␡' ? 0x7f : picture.charCodeAt(0) - 0x2400),
  );
  const bytes = mark === '<~' || /[\r\n]$/.test(raw) ? raw : raw + LINE_END;
  const understood = mark.length === 1;
  return mark.startsWith('>')
    ? { kind: 'sent', atMs, bytes, understood }
    : { kind: 'received', fromMs, atMs, bytes, understood };
}
