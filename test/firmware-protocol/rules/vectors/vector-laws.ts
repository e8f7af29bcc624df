/** What holds for the example conversations of every rule, wherever they stand. */
import { describe, expect, it } from 'vitest';
import {
  decodeDeviceLine,
  decodeHostCommand,
  decodeRawRecord,
  encodeDeviceLine,
  encodeHostCommand,
  RULES,
} from '../../../../firmware-protocol/index.ts';
import type { RuleId, RuleVector, RuleVectors } from '../../../../firmware-protocol/index.ts';
import { withCrc } from '../../reference-frame.ts';

type Entry = RuleVector['entries'][number];

/** A line as a host gets it, split at LF, without its LF. */
interface Line {
  readonly text: string;
  readonly understood: boolean;
}

const sent = ({ entries }: RuleVector): readonly (Entry & { kind: 'sent' })[] =>
  entries.filter((entry) => entry.kind === 'sent');

/** Lines of the device; a CR does not end one for the codec, so what it parts is one line that is not understood. */
function linesOf({ entries }: RuleVector): readonly Line[] {
  const lines: Line[] = [];
  let pending = '';
  for (const entry of entries) {
    if (entry.kind !== 'received') continue;
    pending += entry.bytes;
    if (!pending.endsWith('\n')) continue;
    lines.push({ text: pending.slice(0, -1), understood: entry.understood });
    pending = '';
  }
  return lines;
}

const ruleOfLine = (level: string, text: string): RuleId | undefined => {
  const decoded = level === 'L0' ? decodeRawRecord(text) : decodeDeviceLine(text);
  return decoded.kind === 'rejected' ? decoded.rule : undefined;
};

const withoutEnd = (bytes: string): string => bytes.replace(/\r?\n$/, '');

/** Runs the laws on the conversations of some rules. */
export function describeVectors(vectors: Readonly<Partial<Record<RuleId, RuleVectors>>>): void {
  const rules = Object.entries(vectors) as [RuleId, RuleVectors][];
  const named = rules.flatMap(([id, { right, wrong }]) => [
    ...right.map((vector) => ({ id, verdict: 'right', about: vector.about, vector })),
    ...wrong.map((vector) => ({ id, verdict: 'wrong', about: vector.about, vector })),
  ]);

  describe.each(rules)('%s', (id, { right, wrong }) => {
    it('is shown by what is right and what is wrong', () => {
      expect(right.length).toBeGreaterThan(0);
      expect(wrong.length).toBeGreaterThan(0);
      const abouts = [...right, ...wrong].map(({ about }) => about);
      expect(new Set(abouts).size).toBe(abouts.length);
      expect(right.flatMap(({ also }) => also)).toEqual([]);
      expect(wrong.flatMap(({ also }) => also).filter((also) => !(also in RULES))).toEqual([]);
      expect(wrong.flatMap(({ also }) => also)).not.toContain(id);
    });
  });

  describe.each(named)('$id, $verdict: $about', ({ id, verdict, vector }) => {
    const { level } = RULES[id];
    const lines = linesOf(vector);

    it('has entries in the order of their times, from the boot to the end', () => {
      const { entries } = vector;
      const times = entries.map(({ atMs }) => atMs);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.every(Number.isFinite)).toBe(true);
      expect(entries.at(-1)).toMatchObject({ kind: 'act', name: 'end' });
      const boots = lines.filter(({ text }) => text.startsWith('!BOOT,'));
      expect(boots.length > 0).toBe(level !== 'L0');
    });

    it('has lines of the device that the codec understands, and reads and writes in the same way', () => {
      for (const { text } of lines.filter(({ understood }) => understood)) {
        const decoded = decodeDeviceLine(text);
        expect(decoded).not.toHaveProperty('reason');
        if (decoded.kind === 'rejected') continue;
        const line = withoutEnd(`${text}\n`);
        expect(encodeDeviceLine(decoded)).toBe(`${line}\r\n`);
        expect(decoded.kind === 'text' ? line : withCrc(line.slice(0, -5))).toBe(line);
      }
    });

    it('has lines of the device that the codec refuses for this rule', () => {
      const refused = lines.filter(({ understood }) => !understood);
      // Records of level 0 are the lines that only the other decoder understands.
      const expected = level === 'L0' && verdict === 'right' ? undefined : id;
      const allowed = [expected, ...vector.also];
      const broken = refused.map(({ text }) => ruleOfLine(level, text));
      expect(broken.filter((rule) => !allowed.includes(rule))).toEqual([]);
      expect(broken.includes(expected)).toBe(refused.length > 0);
    });

    it('has commands that the codec understands, and reads and writes in the same way', () => {
      for (const { bytes } of sent(vector).filter(({ understood }) => understood)) {
        const text = withoutEnd(bytes);
        const decoded = decodeHostCommand(text);
        expect(decoded).toHaveProperty('command');
        if (decoded.kind !== 'command') continue;
        const written = withoutEnd(encodeHostCommand(decoded.tag, decoded.command));
        expect([written, written.slice(0, -5)]).toContain(text);
      }
    });

    it('has commands that the codec refuses, and in a right conversation the device does it, too', () => {
      const refused = sent(vector).filter(({ understood }) => !understood);
      for (const entry of refused) {
        const decoded = decodeHostCommand(entry.bytes.slice(0, -1));
        expect(decoded).not.toHaveProperty('command');
        if (verdict === 'wrong' || decoded.kind !== 'rejected') continue;
        const next = vector.entries.slice(vector.entries.indexOf(entry) + 1);
        const answer = next.find((other) => other.kind === 'received');
        const { tag, code } = decoded;
        expect(answer).toHaveProperty('bytes', encodeDeviceLine({ kind: 'error', tag, code }));
      }
    });
  });

  const ofRefusal = rules.filter(([id]) => /^STL-(ERR-00[1-5]|CMD-009)$/.test(id));
  if (ofRefusal.length === 0) return;
  it.each(ofRefusal)('%s: the codec names it as the reason of a refusal', (id, { right }) => {
    const named = right.flatMap(sent).map(({ bytes }) => decodeHostCommand(bytes.slice(0, -1)));
    expect(named.flatMap((decoded) => (decoded.kind === 'rejected' ? decoded.rule : []))).toContain(
      id,
    );
  });
}
