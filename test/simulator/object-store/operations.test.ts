import { describe, expect, it } from 'vitest';
import { OPERATIONS } from '../../../simulator/object-store/operations.ts';
import { route } from '../../../simulator/object-store/router.ts';

describe('the table of operations', () => {
  it('names each operation once', () => {
    const names = OPERATIONS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(OPERATIONS)('$name is reached by what it requires', (operation) => {
    const needed = [...(operation.requires ?? []), ...(operation.takes ?? [])];
    const found = route({
      method: operation.method,
      bucket: operation.on === 'service' ? '' : 'bucket',
      key: operation.on === 'object' ? 'key' : '',
      query: new Map(needed.map((name) => [name, ''])),
      headers: operation.requiresHeader === undefined ? {} : { [operation.requiresHeader]: '' },
    });
    expect(found).toBe(operation);
  });
});
