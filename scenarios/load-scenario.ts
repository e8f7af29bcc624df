/** Reads scenario files. Everything that is wrong with a file is told at once, with line, column and a suggestion. */
import { readFile } from 'node:fs/promises';
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import { toComplaints } from './complaints.ts';
import type { Complaint } from './complaints.ts';
import { findContradictions } from './plan.ts';
import { readRecordings } from './recorded-plan.ts';
import { ScenarioError } from './scenario-error.ts';
import { scenarioSchema } from './schema/index.ts';
import type { Scenario } from './schema/index.ts';

/** A file while it is read. */
interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/**
 * Loads one scenario file.
 *
 * @throws ScenarioError SCENARIO_NOT_FOUND, SCENARIO_INVALID (the message has one line for every fault)
 */
export async function loadScenario(file: string): Promise<Scenario> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const message = `Cannot read the scenario ${file}. Check the path; "npx stedi list" shows the scenarios that come with it.`;
    throw new ScenarioError('SCENARIO_NOT_FOUND', message, { cause });
  }
  return readRecordings(parseScenario(text, file), file);
}

/** Reads the text of a scenario; `file` is its name in messages. Throws like {@link loadScenario}. */
export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const source: Source = { file, document, lines };
  if (document.errors.length > 0) {
    throw invalid(document.errors.map((error) => formatSyntaxError(error, source)));
  }
  const written = toPlainValue(source);
  const result = scenarioSchema.safeParse(written);
  const complaints = result.success
    ? findContradictions(result.data)
    : toComplaints(result.error.issues, scenarioSchema, written);
  if (complaints.length > 0 || !result.success) {
    throw invalid(formatComplaints(complaints, source));
  }
  return result.data;
}

function invalid(complaints: readonly string[], options?: ErrorOptions): ScenarioError {
  return new ScenarioError('SCENARIO_INVALID', complaints.join('\n'), options);
}

function formatSyntaxError({ code, message, pos }: YAMLError, { file, lines }: Source): string {
  const { line, col } = lines.linePos(pos[0]);
  const reason =
    code === 'MULTIPLE_DOCS'
      ? 'a second document begins here; a file holds one scenario'
      : `not valid YAML: ${(message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '')}`;
  return `${file}:${line}:${col}: ${reason}`;
}

/** The file as plain values. An alias without its anchor, or too many of them, shows only now. */
function toPlainValue({ file, document, lines }: Source): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    const { line, col } = lines.linePos(findBrokenAlias(document));
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalid([`${file}:${line}:${col}: not valid YAML: ${reason}`], { cause });
  }
}

function findBrokenAlias(document: Document): number {
  let offset: number | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      offset = offsetOf(alias);
      return visit.BREAK;
    },
  });
  return offset ?? 0;
}

/** One line for each complaint, in the order of the file. */
function formatComplaints(complaints: readonly Complaint[], source: Source): string[] {
  const { file, document, lines } = source;
  return complaints
    .map((complaint) => ({ complaint, offset: findOffset(complaint, document) }))
    .sort((left, right) => left.offset - right.offset)
    .map(({ complaint: { path, message }, offset }) => {
      const { line, col } = lines.linePos(offset);
      return `${file}:${line}:${col}: ${oneLine(formatPath(path) + message)}`;
    });
}

/** Where in the text a complaint points. What is missing has no node: then the nearest one around it is shown. */
function findOffset({ path, isAboutKey = false }: Complaint, document: Document): number {
  if (isAboutKey) {
    const around = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const key = isMap(around)
      ? around.items.map((pair) => pair.key).find((node) => isKey(node, path.at(-1)))
      : undefined;
    if (key !== undefined) return offsetOf(key) ?? 0;
  }
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(document.getIn(path.slice(0, length), true));
    if (offset !== undefined) return offset;
  }
  return offsetOf(document.contents) ?? 0;
}

function isKey(node: unknown, key: PropertyKey | undefined): boolean {
  return isScalar(node) && String(node.value) === String(key);
}

function offsetOf(node: unknown): number | undefined {
  return (node as { readonly range?: readonly number[] } | undefined | null)?.range?.[0];
}

/** In YAML a whole map may be a key, which is then written over several lines. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

/** A path as people write it: `faults[0].on: `. */
function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return `${steps.join('').replace(/^\./, '')}: `;
}
