import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, it, onTestFinished } from 'vitest';

const child = fileURLToPath(new URL('live-parts.child.ts', import.meta.url));

it.skipIf(!existsSync('/proc/self/fd') || !existsSync('/dev/ptmx'))(
  'the live parts leave no descriptor, timer, link or running thing behind, so that the process ends by itself',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stedi-live-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // A process that does not end by itself is killed, and `execFile` fails.
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', child, folder],
      { timeout: 50_000 },
    );
    expect(JSON.parse(stdout)).toEqual({ descriptors: 0, timers: 0, links: [] });
  },
  60_000,
);
