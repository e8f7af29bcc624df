/** Reads scenario files. Everything that is wrong with a file is told at once, with line, column and a suggestion. */
import { readFile } from 'node:fs/promises';
import leven from 'leven';
import { LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import * as z from 'zod';
import { findContradictions } from './plan.ts';
import { ScenarioError } from './scenario-error.ts';
import { scenarioSchema } from './schema.ts';
import type { Scenario } from './schema.ts';

/** A key is suggested when it is at most this many letters away from what was written. */
const SUGGESTION_DISTANCE_MAX = 4;

interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly message: string;
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
    const message = `Cannot read the scenario ${file}. Check the path; "stedi list" shows the scenarios that come with it.`;
    throw new ScenarioError('SCENARIO_NOT_FOUND', message, { cause });
  }
  return parseScenario(text, file);
}

/** Reads the text of a scenario; `file` is its name in messages. Throws like {@link loadScenario}. */
export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const complaints = document.errors.map(({ pos, message }) => {
      const { line, col } = lines.linePos(pos[0]);
      return `${file}:${line}:${col}: ${message.split('\n')[0]?.replace(/ at line .*$/, '') ?? ''}`;
    });
    throw new ScenarioError('SCENARIO_INVALID', complaints.join('\n'));
  }
  const result = scenarioSchema.safeParse(document.toJS());
  const complaints: readonly Complaint[] = result.success
    ? findContradictions(result.data)
    : result.error.issues.flatMap(toComplaints);
  if (complaints.length > 0 || !result.success) {
    const text = complaints.map((complaint) => locate(complaint, { file, document, lines }));
    throw new ScenarioError('SCENARIO_INVALID', text.join('\n'));
  }
  return result.data;
}

function toComplaints(issue: z.core.$ZodIssue): Complaint[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `unknown key "${key}"${suggest(key, knownKeys(issue.path))}`,
    }));
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    return [
      {
        path: issue.path,
        message: `expected ${values.map((value) => JSON.stringify(value)).join(' or ')}`,
      },
    ];
  }
  return [{ path: issue.path, message: issue.message }];
}

function locate(
  { path, message }: Complaint,
  source: { readonly file: string; readonly document: Document; readonly lines: LineCounter },
): string {
  const { file, document, lines } = source;
  // The key that is missing or wrong may have no node of its own: then the nearest one around it is shown.
  for (let length = path.length; length >= 0; length--) {
    const node: unknown =
      length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = (node as { readonly range?: readonly number[] } | undefined)?.range;
    if (range?.[0] !== undefined) {
      const { line, col } = lines.linePos(range[0]);
      return `${file}:${line}:${col}: ${formatPath(path)}${message}`;
    }
  }
  return `${file}:1:1: ${formatPath(path)}${message}`;
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `;
}

function suggest(written: string, known: readonly string[]): string {
  const [nearest] = known
    .map((key) => ({
      key,
      distance: leven(written, key, { maxDistance: SUGGESTION_DISTANCE_MAX }),
    }))
    .filter(({ distance }) => distance < SUGGESTION_DISTANCE_MAX)
    .sort((left, right) => left.distance - right.distance);
  if (nearest !== undefined) return `; did you mean "${nearest.key}"?`;
  return known.length > 0 ? `; known keys are ${known.join(', ')}` : '';
}

/** The keys that the schema has at a path of the file. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const root = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema;
  let schemas: readonly JsonSchema[] = [root];
  for (const step of path) {
    schemas = schemas.flatMap((schema) => {
      const next = typeof step === 'number' ? schema.items : schema.properties?.[String(step)];
      return next === undefined ? [] : [next, ...(next.oneOf ?? []), ...(next.anyOf ?? [])];
    });
  }
  return [...new Set(schemas.flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}
