/** Reads the YAML of scenario files. Everything that is wrong with a file is told at once, with line, column and a suggestion. */
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { Scenario } from '../schema/index.ts';
import { checkScenario } from './check-scenario.ts';
import type { Complaint } from './complaints.ts';
import { invalidScenario, problemAt } from './problem.ts';
import type { Place, ScenarioProblem } from './problem.ts';

/** A file while it is read. */
interface Source {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** A scenario that was read, and where in its file something is that turns out wrong later. */
export interface ReadScenario {
  readonly scenario: Scenario;
  readonly placeOf: (complaint: Complaint) => ScenarioProblem;
}

/** Reads the text of a scenario; `file` is its name in messages. @throws ScenarioError SCENARIO_INVALID */
export function parseScenario(text: string, file: string): Scenario {
  return readYaml(text, file).scenario;
}

/** Like {@link parseScenario}, and keeps the places. */
export function readYaml(text: string, file: string): ReadScenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const source: Source = { file, text, document, lines };
  if (document.errors.length > 0) {
    const errors = withoutSequels(document.errors);
    throw invalidScenario(errors.map((error) => toSyntaxProblem(error, source)));
  }
  const { scenario, complaints } = checkScenario(toPlainValue(source));
  if (scenario === undefined) throw invalidScenario(inOrder(complaints, source));
  const placeOf = (complaint: Complaint): ScenarioProblem =>
    problemAt(placeAt(findOffset(complaint, document), source), complaint);
  return { scenario, placeOf };
}

function placeAt(offset: number, { file, lines }: Source): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col };
}

/** Where a file is broken, the parser complains about all that follows; keys that are there twice stand by themselves. */
function withoutSequels(errors: readonly YAMLError[]): readonly YAMLError[] {
  const broken = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return broken === undefined ? errors : [broken];
}

/** Within braces, `[` begins a list: names with a number need quotes there. */
function hintAt(offset: number, { text, lines }: Source): string {
  const { line } = lines.linePos(offset);
  const written = text.split('\n')[line - 1] ?? '';
  const name = /\{.*[:,[]\s*([a-z]+\[\d+\])/i.exec(written)?.[1];
  return name === undefined ? '' : `. Within braces, put ${name} in quotes: '${name}'`;
}

function toSyntaxProblem({ code, message, pos }: YAMLError, source: Source): ScenarioProblem {
  const reason =
    code === 'MULTIPLE_DOCS'
      ? 'a second document begins here; a file holds one scenario'
      : `not valid YAML: ${(message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '')}${hintAt(pos[0], source)}`;
  return problemAt(placeAt(pos[0], source), { path: [], message: reason });
}

/** The file as plain values. An alias without its anchor, or too many of them, shows only now. */
function toPlainValue(source: Source): unknown {
  try {
    return source.document.toJS();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = placeAt(findBrokenAlias(source.document), source);
    const message = `not valid YAML: ${reason}`;
    throw invalidScenario([problemAt(place, { path: [], message })], { cause });
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

/** The complaints in the order of the file. */
function inOrder(complaints: readonly Complaint[], source: Source): ScenarioProblem[] {
  return complaints
    .map((complaint) => ({ complaint, offset: findOffset(complaint, source.document) }))
    .sort((left, right) => left.offset - right.offset)
    .map(({ complaint, offset }) => problemAt(placeAt(offset, source), complaint));
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
