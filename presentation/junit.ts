/** JUnit reports: the XML that CI systems read, in the dialect that Jenkins, GitLab and GitHub actions share. */

/** Why a case did not pass: what it says in one line, what kind of thing it is, and all the rest. */
export interface JunitOutcome {
  readonly message: string;
  readonly type?: string;
  readonly text?: string;
}

/** One case; without an outcome, it passed. Times are in seconds. */
export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly seconds?: number;
  readonly failure?: JunitOutcome;
  readonly error?: JunitOutcome;
  readonly skipped?: Pick<JunitOutcome, 'message'>;
}

/** One suite. Its numbers are counted, not given. */
export interface JunitSuite {
  readonly name: string;
  readonly seconds: number;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly JunitCase[];
}

/** Renders a report. It is well-formed XML whatever the texts hold. */
export function renderJunitReport(name: string, suites: readonly JunitSuite[]): string {
  const seconds = suites.reduce((sum, suite) => sum + suite.seconds, 0);
  // The dialect counts what was skipped for each suite only.
  const { skipped: _, ...counts } = countCases(
    suites.flatMap(({ cases }) => cases),
    seconds,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, ...counts })}>`,
    ...suites.flatMap(renderSuite),
    '</testsuites>',
    '',
  ].join('\n');
}

function renderSuite({ name, seconds, properties, cases }: JunitSuite): string[] {
  return [
    `  <testsuite${attributes({ name, ...countCases(cases, seconds) })}>`,
    ...(properties.length === 0 ? [] : renderProperties(properties)),
    ...cases.flatMap(renderCase),
    '  </testsuite>',
  ];
}

function countCases(
  cases: readonly JunitCase[],
  seconds: number,
): Readonly<Record<string, string | number>> {
  const count = (kind: 'failure' | 'error' | 'skipped'): number =>
    cases.filter((one) => one[kind] !== undefined).length;
  return {
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: seconds.toFixed(3),
  };
}

function renderProperties(properties: JunitSuite['properties']): string[] {
  return [
    '    <properties>',
    ...properties.map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    '    </properties>',
  ];
}

function renderCase({ classname, name, seconds, failure, error, skipped }: JunitCase): string[] {
  const time = seconds === undefined ? {} : { time: seconds.toFixed(3) };
  const head = `    <testcase${attributes({ classname, name, ...time })}`;
  const outcomes = [
    ...(failure === undefined ? [] : [renderOutcome('failure', failure)]),
    ...(error === undefined ? [] : [renderOutcome('error', error)]),
    // The schema of the dialect has no message here, only text.
    ...(skipped === undefined ? [] : [`      <skipped>${escapeXml(skipped.message)}</skipped>`]),
  ];
  return outcomes.length === 0 ? [`${head}/>`] : [`${head}>`, ...outcomes, '    </testcase>'];
}

function renderOutcome(element: string, { message, type, text }: JunitOutcome): string {
  const head = `      <${element}${attributes({ message, ...(type !== undefined && { type }) })}`;
  return text === undefined ? `${head}/>` : `${head}>${escapeXml(text)}</${element}>`;
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
