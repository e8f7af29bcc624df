/** The outcome of a check on a terminal: what is broken and why, what was not tested, then the verdict. */
import { cutText, padText, toPen, wrapText } from '../../presentation/index.ts';
import type { Pen, TerminalStyle } from '../../presentation/index.ts';
import type { KitReport } from '../core/kit-report.ts';
import type { CheckTarget } from './check-document.ts';
import { describeBreaches, findFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import { formatExcerpt } from './finding-text.ts';
import {
  describeCheck,
  describeCounts,
  describeLevel,
  describeStalls,
  describeTarget,
  isClean,
} from './verdict-words.ts';

const INDENT = '  ';

/**
 * Formats the outcome, without a line end after its last line. Sentences are wrapped; bytes stay on one line each,
 * however long, so that they can be searched for and copied.
 */
export function formatCheck(report: KitReport, target: CheckTarget, style: TerminalStyle): string {
  const pen = toPen(style);
  return [
    ...findFindings(report).flatMap((finding) => formatFinding(finding, pen)),
    ...formatNotTested(report, pen),
    ...formatVerdict(report, target, pen),
  ].join('\n');
}

function formatFinding(finding: Finding, pen: Pen): string[] {
  const { id, title, level, must, messages, legal, hint, excerpt, difference } = finding;
  const head = `${id}  ${title}  (${level}, ${describeBreaches(finding)})`;
  return [
    pen.paint('bad', cutText(`FAILED ${pen.plain(head)}`, pen.width, pen.ellipsis)),
    ...paragraph(must, pen),
    ...messages.flatMap((message) => item(message, pen)),
    ...(excerpt === undefined ? [] : ['', ...bytesLines(formatExcerpt(excerpt), pen)]),
    ...(difference === undefined
      ? []
      : [
          '',
          ...paragraph(`First difference from the virtual twin, in act "${difference.act}":`, pen),
          `${INDENT}  device  ${pen.plain(difference.device)}`,
          pen.paint('good', `${INDENT}  twin    ${pen.plain(difference.twin)}`),
        ]),
    '',
    ...(legal === undefined ? [] : paragraph(`Allowed: ${legal}`, pen)),
    ...paragraph(`Hint: ${hint}`, pen),
    '',
  ];
}

function bytesLines(lines: readonly string[], pen: Pen): string[] {
  return lines.map((line) => {
    const text = INDENT + pen.plain(line);
    return line.startsWith('>') ? pen.paint('bad', text) : text;
  });
}

function paragraph(text: string, pen: Pen): string[] {
  return wrapText(pen.plain(text), pen.width - INDENT.length).map((line) => INDENT + line);
}

function item(text: string, pen: Pen): string[] {
  return wrapText(pen.plain(text), pen.width - 4).map((line, index) =>
    index === 0 ? `  - ${line}` : `    ${line}`,
  );
}

/** Rules that share a reason share a line: with a low level asked for there are dozens. */
function formatNotTested({ rules }: KitReport, pen: Pen): string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, verdict, reason = 'there was no chance to test it' } of rules) {
    if (verdict !== 'not-tested') continue;
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  // Where nothing was tested at all, the verdict says why.
  if (byReason.size === 0 || rules.every(({ verdict }) => verdict === 'not-tested')) return [];
  const blocks = [...byReason].flatMap(([reason, ids]) => [
    ...item(`${reason}:`, pen),
    ...wrapText(pen.plain(ids.join(' ')), pen.width - 4).map((line) =>
      pen.paint('quiet', `    ${line}`),
    ),
  ]);
  return ['Not tested', ...blocks, ''];
}

function formatVerdict(report: KitReport, target: CheckTarget, pen: Pen): string[] {
  const { serial, model, firmware } = report.device;
  const doubt = describeStalls(report);
  const facts: readonly (readonly [string, string])[] = [
    ['Port', describeTarget(target)],
    ['Device', serial === undefined ? 'it did not say who it is' : serial],
    ...(model === undefined ? [] : [['Model', `${model}, firmware ${firmware ?? '?'}`] as const]),
    ['Rules', describeCounts(report)],
    ['Level', describeLevel(report, target)],
    ...(report.stopped === undefined ? [] : [['Stopped', report.stopped] as const]),
    ...(report.crashed === undefined ? [] : [['Crashed', report.crashed] as const]),
    ...(report.keptStreaming === undefined ? [] : [['Left', report.keptStreaming] as const]),
    ...(report.twinFailure === undefined ? [] : [['Twin', report.twinFailure] as const]),
    ...(doubt === undefined ? [] : [['Doubt', doubt] as const]),
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const ink = isClean(report, target) ? 'good' : 'bad';
  return [
    ...facts.flatMap(([name, value]) =>
      wrapText(pen.plain(value), pen.width - width - INDENT.length).map(
        (line, index) => padText(index === 0 ? name : '', width, 'left') + INDENT + line,
      ),
    ),
    '',
    ...wrapText(pen.plain(describeCheck(report, target)), pen.width).map((line) =>
      pen.paint(ink, line),
    ),
  ];
}
