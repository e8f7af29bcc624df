import { defineConfig } from 'vitest/config';
import type { ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    testTimeout: 30_000,
    // No module keeps state between tests, and a process for each of 200 files took longer than the tests in them.
    isolate: false,
    // Vitest leaves a core free; tests that wait for real time leave it free often enough.
    maxWorkers: '100%',
    // Its modules import each other without file endings, which Node refuses.
    server: { deps: { inline: [/dt-sql-parser/] } },
    // The storage client would warn about the end of Node 20 in every worker.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});

export default config;
