import { defineConfig } from 'vitest/config';
import type { ViteUserConfig } from 'vitest/config';

/** Tests with processes, ports and time of their own: they wait more than they compute. */
const WAITING = ['test/e2e/**/*.test.ts', 'test/faults/*.test.ts'];
/** A simulated chip that is held to its time on the wire, and a browser that draws: each needs a core for itself. */
const ALONE = ['test/e2e/simavr.test.ts', 'test/dashboard/browser/*.test.ts'];
/** Of those that wait so many may run at once, whatever the cores: what they do by the clock stays on time. */
const WAITING_AT_ONCE = 4;

const config: ViteUserConfig = defineConfig({
  test: {
    exclude: ['test/bench/**'],
    testTimeout: 30_000,
    // No module keeps state between tests, and a process for each of 200 files took longer than the tests in them.
    isolate: false,
    // Its modules import each other without file endings, which Node refuses.
    server: { deps: { inline: [/dt-sql-parser/] } },
    // The storage client would warn about the end of Node 20 in every worker.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    // First those that compute, on all cores; then those that wait, without anybody who takes the cores away from them.
    projects: [
      {
        extends: true,
        test: {
          name: 'computing',
          include: ['test/**/*.test.ts'],
          exclude: ['test/bench/**', ...WAITING, ...ALONE],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'waiting',
          include: WAITING,
          exclude: ALONE,
          setupFiles: ['test/e2e/tidy-up.ts'],
          maxWorkers: WAITING_AT_ONCE,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});

export default config;
