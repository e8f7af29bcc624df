/** The public schemas of reports for CI systems. They are not ours to copy: CI fetches them. */
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

const { CI, STEDI_TEST_JUNIT_XSD: XSD, STEDI_TEST_CTRF_SCHEMA: CTRF } = process.env;

/** For `describe.skipIf`: true where the schemas are missing, except in CI, where tests fail without them. */
export const LACKS_REPORT_SCHEMAS: boolean =
  (XSD === undefined || CTRF === undefined) && CI !== 'true';

/** Belongs in the title of what is skipped without them. */
export const NEEDS_REPORT_SCHEMAS = '(needs eval "$(.ci/install-report-schemas)")';

/** What is wrong with a JUnit report, by the schema of the dialect that Jenkins reads. */
export async function findJunitFaults(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'junit.xml', contents: xml }],
    schema: [await readFile(XSD ?? '', 'utf8')],
  });
  return errors.map(({ message }) => message);
}

/** What is wrong with a CTRF report, by the schema of the format. */
export async function findCtrfFaults(json: string): Promise<readonly string[]> {
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajvFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(await readFile(CTRF ?? '', 'utf8')) as object);
  validate(JSON.parse(json));
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
  );
}
