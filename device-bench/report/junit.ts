/** The JUnit report: one test case per rule, so that a CI system shows a broken rule like a broken test. */
import { RULES } from '../../firmware-protocol/index.ts';
import { renderJunitReport } from '../../presentation/index.ts';
import type { JunitCase, JunitOutcome } from '../../presentation/index.ts';
import type { KitReport, RuleResult } from '../core/kit-report.ts';
import { findShortfall } from './asked-level.ts';
import type { CheckTarget } from './check-document.ts';
import { findFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import { tellFinding } from './finding-text.ts';
import { describeDevice, describeTarget } from './verdict-words.ts';

/** Renders the report. It is well-formed XML whatever the device sent. */
export function renderJunit(report: KitReport, target: CheckTarget): string {
  const findings = new Map(findFindings(report).map((finding) => [finding.id, finding]));
  return renderJunitReport('stedi device check', [
    {
      name: `STL/1: ${describeDevice(report)} on ${describeTarget(target)}`,
      seconds: secondsOf(report),
      properties: listProperties(report, target),
      cases: [
        ...listEndings(report, target),
        ...report.rules.map((rule) => toCase(rule, findings.get(rule.id))),
      ],
    },
  ]);
}

function listProperties(report: KitReport, target: CheckTarget): (readonly [string, string])[] {
  const { serial, model, firmware } = report.device;
  const properties = { port: target.port, baud: target.baudRate, serial, model, firmware };
  return Object.entries({ ...properties, asked: target.level, level: report.level }).flatMap(
    ([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]),
  );
}

/** A check that ended early, or a level below the demanded one, must not look like a pass. */
function listEndings(report: KitReport, target: CheckTarget): JunitCase[] {
  const { stopped, crashed, keptStreaming } = report;
  return [
    { name: 'The check reaches its end', message: stopped },
    { name: 'The check does not fail itself', message: crashed },
    { name: 'The device is quiet after the check', message: keptStreaming },
    { name: 'The device reaches its level', message: findShortfall(report, target) },
  ].flatMap(({ name, message }) =>
    message === undefined ? [] : [{ classname: 'STL', name, error: { message, type: 'check' } }],
  );
}

function toCase(rule: RuleResult, finding: Finding | undefined): JunitCase {
  const classname = rule.id.replace(/-\d+$/, '');
  const plain = { classname, name: `${rule.id} ${rule.title}` };
  if (rule.verdict === 'passed') return plain;
  if (finding !== undefined) return { ...plain, failure: toFailure(finding) };
  return { ...plain, skipped: { message: rule.reason ?? 'There was no chance to test it.' } };
}

function toFailure(finding: Finding): JunitOutcome {
  const [message = RULES[finding.id].must] = finding.messages;
  return { message, type: finding.level, text: tellFinding(finding).join('\n') };
}

function secondsOf({ transcript }: KitReport): number {
  return ((transcript.at(-1)?.atMs ?? 0) - (transcript[0]?.atMs ?? 0)) / 1_000;
}
