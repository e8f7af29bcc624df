import { expect, test } from 'vitest';
import { QUARANTINE_REASONS } from '../../../bridge/core/quarantine-reasons.ts';

test.each(Object.entries(QUARANTINE_REASONS))('%s is a code with a sentence', (code, meaning) => {
  expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(meaning).toMatch(/^[A-Z].*\.$/);
});
