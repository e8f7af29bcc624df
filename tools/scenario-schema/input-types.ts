/** TypeScript types for what may be written in a scenario, from its JSON Schema: programmers get the editors' help, too. */
import type { JsonSchema } from '../../scenarios/index.ts';

/** The types of quantities, by the units that end their patterns; they are in `quantities.ts`. */
const UNIT_TYPES: Readonly<Record<string, string>> = {
  '(ms|s|m|h)': 'Duration',
  '%': 'Share',
  ppm: 'Drift',
};
/** Everything that generated types may use of `quantities.ts`. */
export const QUANTITY_TYPES: readonly string[] = [
  ...Object.values(UNIT_TYPES),
  'Limit',
  'ShareLimit',
].toSorted();
const PLAIN_KEY = /^[A-Za-z_]\w*$/;

/** The type of everything that a schema takes, with a comment for each key that has a description. */
export function inputType(schema: JsonSchema): string {
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) return limitType(variants) ?? unionType(variants);
  if (schema.properties !== undefined) return objectType(schema);
  if (schema.type === 'array') return `readonly (${inputType(schema.items ?? {})})[]`;
  if (schema.pattern !== undefined) return patternType(schema.pattern);
  return schema.type === 'integer' ? 'number' : (schema.type ?? 'unknown');
}

function literal(value: unknown): string {
  return JSON.stringify(value);
}

/** A text with a unit; other patterns are too much for a type. */
function patternType(pattern: string): string {
  const unit = Object.keys(UNIT_TYPES).find((end) => pattern.endsWith(`${end}$`));
  return unit === undefined ? 'string' : (UNIT_TYPES[unit] as string);
}

/** The type of a bare bound or the key of one: of a share from below, of an amount from above. */
function limitType(variants: readonly JsonSchema[]): string | undefined {
  const keys = variants.flatMap(({ properties = {} }) => Object.keys(properties));
  return { min: 'ShareLimit', max: 'Limit' }[keys.join()];
}

/** Objects that differ in their `kind` alone are told together. */
function unionType(variants: readonly JsonSchema[]): string {
  const kindsByRest = new Map<string, string[]>();
  for (const variant of variants) {
    const { kind, ...rest } = variant.properties ?? {};
    if (kind === undefined) return variants.map(inputType).join(' | ');
    const text = keysOf({ ...variant, properties: rest });
    kindsByRest.set(text, [...(kindsByRest.get(text) ?? []), inputType(kind)]);
  }
  return [...kindsByRest]
    .map(([rest, kinds]) => `{ readonly kind: ${kinds.join(' | ')};${rest} }`)
    .join(' | ');
}

function objectType(schema: JsonSchema): string {
  return `{${keysOf(schema, true)}}`;
}

function keysOf({ properties = {}, required = [] }: JsonSchema, hasComments = false): string {
  return Object.entries(properties)
    .map(([key, value]) => {
      const name = PLAIN_KEY.test(key) ? key : literal(key);
      const isOptional = !required.includes(key);
      const comment = hasComments && value.description ? `/** ${value.description} */\n` : '';
      const type = `${inputType(value)}${isOptional ? ' | undefined' : ''}`;
      return `\n${comment}readonly ${name}${isOptional ? '?' : ''}: ${type};`;
    })
    .join('');
}
