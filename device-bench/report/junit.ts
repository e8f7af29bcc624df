/** The JUnit report: one test case per rule, so that a CI system shows a broken rule like a broken test. */
import { RULES } from '../../firmware-protocol/index.ts';
import type { KitReport, RuleResult } from '../core/kit-report.ts';
import { findShortfall } from './asked-level.ts';
import { countRules } from './check-document.ts';
import type { CheckTarget } from './check-document.ts';
import { findFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import { tellFinding } from './finding-text.ts';
import { describeDevice, describeTarget } from './verdict-words.ts';

/** Renders the report. It is well-formed XML whatever the device sent. */
export function renderJunit(report: KitReport, target: CheckTarget): string {
  const { failed, notTested } = countRules(report);
  const findings = new Map(findFindings(report).map((finding) => [finding.id, finding]));
  const errors = endings(report, target).length;
  const counts = attributes({
    tests: report.rules.length + errors,
    failures: failed,
    errors,
    skipped: notTested,
    time: seconds(report),
  });
  const name = attributes({
    name: `STL/1: ${describeDevice(report)} on ${describeTarget(target)}`,
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'stedi device check' })}${counts}>`,
    `  <testsuite${name}${counts}>`,
    ...renderProperties(report, target),
    ...renderEnd(report, target),
    ...report.rules.flatMap((rule) => renderRule(rule, findings.get(rule.id))),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function renderProperties(report: KitReport, target: CheckTarget): string[] {
  const { serial, model, firmware } = report.device;
  const properties = { port: target.port, baud: target.baudRate, serial, model, firmware };
  const known = Object.entries({ ...properties, asked: target.level, level: report.level }).filter(
    ([, value]) => value !== undefined,
  );
  return [
    '    <properties>',
    ...known.map(([name, value = '']) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
  ];
}

/** A check that ended early, or a level below the demanded one, must not look like a pass. */
function renderEnd(report: KitReport, target: CheckTarget): string[] {
  return endings(report, target).flatMap(({ name, message }) => [
    `    <testcase${attributes({ classname: 'STL', name })}>`,
    `      <error${attributes({ message, type: 'check' })}/>`,
    '    </testcase>',
  ]);
}

function endings(report: KitReport, target: CheckTarget): { name: string; message: string }[] {
  const { stopped, crashed, keptStreaming } = report;
  return [
    { name: 'The check reaches its end', message: stopped },
    { name: 'The check does not fail itself', message: crashed },
    { name: 'The device is quiet after the check', message: keptStreaming },
    { name: 'The device reaches its level', message: findShortfall(report, target) },
  ].flatMap(({ name, message }) => (message === undefined ? [] : [{ name, message }]));
}

function renderRule(rule: RuleResult, finding: Finding | undefined): string[] {
  const classname = rule.id.replace(/-\d+$/, '');
  const head = `    <testcase${attributes({ classname, name: `${rule.id} ${rule.title}` })}`;
  if (rule.verdict === 'passed') return [`${head}/>`];
  const outcome =
    finding === undefined
      ? `      <skipped${attributes({ message: rule.reason ?? 'There was no chance to test it.' })}/>`
      : renderFailure(finding);
  return [`${head}>`, outcome, '    </testcase>'];
}

function renderFailure(finding: Finding): string {
  const [message = RULES[finding.id].must] = finding.messages;
  const text = escapeXml(tellFinding(finding).join('\n'));
  return `      <failure${attributes({ message, type: finding.level })}>${text}</failure>`;
}

function seconds({ transcript }: KitReport): string {
  return (((transcript.at(-1)?.atMs ?? 0) - (transcript[0]?.atMs ?? 0)) / 1_000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Escapes text for XML 1.0; characters that it cannot hold at all become the replacement character. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
