import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseEvidence } from '../../../../dashboard/page/evidence/evidence-address.ts';

it('reads where a number leads to', () => {
  expect(parseEvidence('rows:machine_learning_curated:wrong:classic')).toEqual({
    kind: 'rows',
    table: 'machine_learning_curated',
    what: 'wrong',
    policy: 'classic',
  });
  expect(parseEvidence('rows:customer_curated:all')).toMatchObject({ policy: undefined });
  expect(parseEvidence('objects:quarantine')).toEqual({ kind: 'objects', place: 'quarantine' });
});

it.each([
  '',
  'objects',
  'objects:elsewhere',
  'rows',
  'rows:nowhere:all',
  'rows:customer_curated:x',
])('knows nothing at "%s"', (address) => {
  expect(parseEvidence(address)).toBeUndefined();
});

it('reads every address that the markup has', () => {
  const markup = readFileSync(
    new URL('../../../../dashboard/page/index.html', import.meta.url),
    'utf8',
  );
  const addresses = [...markup.matchAll(/data-evidence="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => parseEvidence(address ?? '') === undefined)).toEqual([]);
});
