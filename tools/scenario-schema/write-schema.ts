/** Writes what follows from the schema of scenario files: the JSON Schema for editors, and types. `npm run docs:schema` */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { scenarioJsonSchema } from '../../scenarios/index.ts';
import type { JsonSchema } from '../../scenarios/index.ts';
import { inputType, QUANTITY_TYPES } from './input-types.ts';

const ROOT = new URL('../../', import.meta.url);
const NOTICE = 'Written by `npm run docs:schema` from the schema of scenario files.';

/** A file that follows from the schema, with its path from the root of the project. */
export interface SchemaFile {
  readonly path: string;
  readonly text: string;
}

/** The files as the schema has them now, formatted like all files. */
export async function renderSchemaFiles(): Promise<readonly SchemaFile[]> {
  const schema = scenarioJsonSchema();
  const parts = Object.entries(schema.properties ?? {}).filter(
    ([, { type }]) => type === 'object' || type === 'array',
  );
  const nested = parts.filter(([name]) => name !== 'tags');
  const files: SchemaFile[] = [
    { path: 'scenarios/schema.json', text: JSON.stringify(schema) },
    ...nested.map(([name, part]) => ({ path: pathOf(name), text: renderPart(name, part) })),
    {
      path: pathOf('scenario'),
      text: renderScenario(
        schema,
        nested.map(([name]) => name),
      ),
    },
  ];
  return Promise.all(
    files.map(async ({ path, text }) => ({ path, text: await formatted(path, text) })),
  );
}

function pathOf(name: string): string {
  return `scenarios/schema/input/${name}-input.ts`;
}

function typeNameOf(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
}

function renderPart(name: string, part: JsonSchema): string {
  const { description = '' } = part;
  const type = inputType(part);
  const used = QUANTITY_TYPES.filter((quantity) => new RegExp(`: ${quantity}\\b`).test(type));
  const imported = `import type { ${used.join(', ')} } from './quantities.ts';\n`;
  return `/** The key \`${name}\` as people write it. ${NOTICE} */\n${used.length > 0 ? imported : ''}
    /** ${description} */
    export type ${typeNameOf(name)} = ${type};`;
}

/** The whole, whose larger parts have files of their own. */
function renderScenario(schema: JsonSchema, nested: readonly string[]): string {
  const imports = nested
    .toSorted()
    .map((name) => `import type { ${typeNameOf(name)} } from './${name}-input.ts';`);
  const whole = inputType({
    ...schema,
    properties: Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, part]) => [
        name,
        nested.includes(name)
          ? { type: typeNameOf(name), description: part.description ?? '' }
          : part,
      ]),
    ),
  });
  return `/** A scenario as people write it. ${NOTICE} */\n${imports.join('\n')}\n
    /** A scenario as it is written, in YAML or with defineScenario(): quantities carry their unit. */
    export type ScenarioInput = ${whole};`;
}

async function formatted(path: string, text: string): Promise<string> {
  const filepath = fileURLToPath(new URL(path, ROOT));
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

/** The files that are not as the schema has them, by their paths. */
export async function findStaleFiles(): Promise<readonly string[]> {
  const files = await renderSchemaFiles();
  const texts = await Promise.all(
    files.map(({ path }) => readFile(new URL(path, ROOT), 'utf8').catch(() => '')),
  );
  return files.filter(({ text }, index) => text !== texts[index]).map(({ path }) => path);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { path, text } of await renderSchemaFiles()) {
    await mkdir(new URL('./', new URL(path, ROOT)), { recursive: true });
    await writeFile(new URL(path, ROOT), text);
  }
}
