/** A broken rule as plain lines. */
import type { Excerpt } from './excerpt.ts';
import { formatOffset } from './excerpt.ts';
import { describeBreaches } from './finding.ts';
import type { Finding } from './finding.ts';

const OFFSET_WIDTH = 10;
const SPEAKERS = { sent: 'sent', received: 'received', reset: '', closed: '' } as const;
const SPEAKER_WIDTH = 8;

/** Tells everything about a broken rule. Lines may be long: a line of bytes is never cut. */
export function tellFinding(finding: Finding): string[] {
  const { id, title, level, must, messages, legal, hint, excerpt, difference } = finding;
  return [
    `${id} ${title} (${level}), ${describeBreaches(finding)}`,
    must,
    ...messages.map((message) => `- ${message}`),
    ...(excerpt === undefined ? [] : ['', ...formatExcerpt(excerpt)]),
    ...(difference === undefined
      ? []
      : [
          '',
          `First difference from the virtual twin, in act "${difference.act}":`,
          `  device  ${difference.device}`,
          `  twin    ${difference.twin}`,
        ]),
    '',
    ...(legal === undefined ? [] : [`Allowed: ${legal}`]),
    `Hint: ${hint}`,
  ];
}

/** The conversation of an excerpt, the entry that it is about behind a mark. */
export function formatExcerpt({ act, atMs, lines }: Excerpt): string[] {
  return [
    `At ${(atMs / 1_000).toFixed(3)} s, in act "${act}":`,
    ...lines.flatMap(({ kind, offsetMs, text, isSubject, skipped }) => [
      ...(skipped > 0 ? [`    ... ${skipped} more`] : []),
      [
        isSubject ? '>' : ' ',
        (isSubject ? '0 ms' : formatOffset(offsetMs)).padStart(OFFSET_WIDTH),
        SPEAKERS[kind].padEnd(SPEAKER_WIDTH),
        text,
      ].join(' '),
    ]),
  ];
}
