/** The schema of scenario files as JSON Schema, from which editors know keys, values and what they mean. */
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { ORACLES } from './oracles/all-oracles.ts';
import { scenarioSchema } from './schema/index.ts';

/** What of JSON Schema the schema of scenario files uses. */
export interface JsonSchema {
  $schema?: string;
  title?: string;
  description?: string;
  examples?: unknown[];
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minProperties?: number;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  dependencies?: Record<string, JsonSchema>;
}

/** Where the schema is: beside the code, so that editors find it in the package. */
export const SCHEMA_FILE: string = fileURLToPath(new URL('./schema.json', import.meta.url));

/** A run that is held to nothing proves nothing: one oracle at least, which `sometimes` is not. */
const AN_ORACLE: JsonSchema = {
  minProperties: 1,
  dependencies: { sometimes: { minProperties: 2 } },
};

/** The schema of scenario files, in the draft that the most editors know. */
export function scenarioJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => asWritten(zodSchema, jsonSchema as JsonSchema),
  }) as JsonSchema;
  const expectations = schema.properties?.['expect'] ?? {};
  describeOracles(expectations.properties ?? {});
  Object.assign(expectations, AN_ORACLE);
  const { $schema = '', ...rest } = schema;
  return {
    $schema,
    title: 'Scenario of the STEDI testbed',
    description: 'People, devices, what goes wrong, and what the zones must look like afterwards.',
    ...rest,
  };
}

/** Shows a value as people write it, where it becomes something else when it is read. */
function asWritten(zodSchema: z.core.$ZodType, schema: JsonSchema): void {
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (Array.isArray(examples)) schema.examples ??= examples;
  // A quantity is read as a number, too, but only to say that its unit is missing.
  if (schema.pattern !== undefined) delete schema.anyOf;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

function describeOracles(expectations: Record<string, JsonSchema>): void {
  for (const { id, title, unit } of ORACLES) {
    const expectation = expectations[id];
    if (expectation === undefined) continue;
    const isShare = unit === 'ratio';
    expectation.description = `${title}. Its limit is ${isShare ? 'the share that must be right at least' : `the most ${unit} that may be measured`}.`;
    expectation.examples = isShare ? [{ min: '95%' }, '95%'] : [0, { max: 20 }];
  }
}
