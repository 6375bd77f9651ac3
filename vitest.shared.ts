import { defineConfig } from 'vitest/config';

/** What every package's tests have in common: results for people, and as JSON for the closing line of `npm test`. */
export default defineConfig({
  test: {
    reporters: ['minimal', ['json', { outputFile: 'reports/vitest.json' }]],
    include: ['**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
