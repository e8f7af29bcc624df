/** What to say about a scenario file that does not have the shape of one: a place in it, and a sentence with the fix. */
import * as z from 'zod';
import { nearestWord } from '../../presentation/index.ts';
import { valueAt } from './written-path.ts';

/** The types of values, as people who write YAML call them. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'keys with values',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
};

/** Something wrong in a file. */
export interface Complaint {
  /** Where: keys and positions from the top of the file. */
  readonly path: readonly PropertyKey[];
  /** True when the key at the end of the path is wrong, not the value behind it. */
  readonly isAboutKey?: boolean;
  readonly message: string;
}

interface JsonSchema {
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

/** Puts what a schema found in a file into words. `written` is what the file holds. */
export function toComplaints(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  written: unknown,
): Complaint[] {
  return issues.flatMap((issue) => explain(issue, schema, written));
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType, written: unknown): Complaint[] {
  const { path, message } = issue;
  const found = valueAt(written, path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path, written);
    return issue.keys.map((key) => ({
      path: [...path, key],
      isAboutKey: true,
      message: `unknown key "${key}"${suggest(key, known)}`,
    }));
  }
  const words = wordsFor(issue);
  const expected = words.length > 0 ? `expected ${words.join(' or ')}` : expectation(issue);
  if (found === undefined) return [{ path, message: `is missing: ${expected}` }];
  // A message of the schema's own says what was found itself, where that helps.
  const isWhole = expected === message && issue.code !== 'invalid_type';
  return [{ path, message: isWhole ? message : compare(found, expected, words) }];
}

/** What is likely meant comes before all that may be meant, which can be a long list. */
function compare(found: unknown, expected: string, words: readonly string[]): string {
  const nearest = typeof found === 'string' ? nearestWord(found, words) : undefined;
  return nearest === undefined
    ? `${expected}; found ${describe(found)}`
    : `found ${describe(found)}; did you mean "${nearest}"? ${expected}`;
}

/** The words of which one should have stood there. */
function wordsFor(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue
    ? (issue.options ?? []).map(String)
    : [];
}

/** What should have stood there. */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin !== 'string')
    return `expected ${String(issue.minimum)} or more`;
  if (issue.code === 'too_big') return `expected ${String(issue.maximum)} or less`;
  if (issue.code !== 'invalid_type' || !issue.message.startsWith('Invalid input')) {
    return issue.message;
  }
  return `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
}

function describe(found: unknown): string {
  if (found === null) return 'nothing';
  if (Array.isArray(found)) return 'a list';
  return typeof found === 'object' ? 'keys with values' : JSON.stringify(found);
}

function suggest(written: string, known: readonly string[]): string {
  const nearest = nearestWord(written, known);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  return known.length > 0 ? `; known keys are ${known.join(', ')}` : '';
}

/** The keys that the schema has at a path of the file. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[], written: unknown): string[] {
  const schemas = schemasAt(schema, path, written);
  return [...new Set(schemas.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

const jsonSchemas = new WeakMap<z.ZodType, JsonSchema>();

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = jsonSchemas.get(schema);
  if (known !== undefined) return known;
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  jsonSchemas.set(schema, made);
  return made;
}

/** The schemas that may apply at a path. Of several, those drop out whose `kind` is not the one in the file. */
function schemasAt(
  schema: z.ZodType,
  path: readonly PropertyKey[],
  written: unknown,
): readonly JsonSchema[] {
  let schemas: readonly JsonSchema[] = [jsonSchemaOf(schema)];
  path.forEach((step, index) => {
    const next = schemas.flatMap((candidate) => {
      const inside =
        typeof step === 'number' ? candidate.items : candidate.properties?.[String(step)];
      return inside === undefined ? [] : [inside, ...(inside.oneOf ?? []), ...(inside.anyOf ?? [])];
    });
    const kind = valueAt(written, [...path.slice(0, index + 1), 'kind']);
    const ofKind = next.filter(({ properties }) => properties?.['kind']?.const === kind);
    schemas = kind !== undefined && ofKind.length > 0 ? ofKind : next;
  });
  return schemas;
}
