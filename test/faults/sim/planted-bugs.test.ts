import { describe, expect, test } from 'vitest';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { findBug } from './seed-batch.ts';

const SEEDS = 300;
const PATIENCE_MS = 60_000;

/** What the oracle says of each bug, and nothing else of the first seed that shows it. */
const SHOWS: Readonly<Record<string, RegExp>> = {
  'acknowledge before sync': /^(lost|sum): /,
  'retry under a new name': /^(clash|sum|gap|repeat): /,
  'dropped quarantine entry': /^lost: /,
  // Rows that were not acknowledged may be gone; the number of their segment may not.
  'mark before PUT': /^(lost|gap): /,
  'segment number reused after a restart': /^(repeat|clash|lost): /,
  'ack of a message whose append failed': /^lost: /,
  'duplicate dropped before its first copy is durable': /^lost: /,
};

describe('a planted bug is caught within the first seeds', () => {
  test.each(PLANTED_BUGS.map((bug) => [bug.name, bug] as const))(
    '%s',
    async (name, bug) => {
      const caught = await findBug(bug, SEEDS);
      expect(caught?.violations[0]).toMatch(SHOWS[name] as RegExp);
    },
    PATIENCE_MS,
  );
});
