import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

// The example for Jest runs here too: what it takes from Jest, vitest has by the same names.
export default mergeConfig(
  shared,
  defineConfig({
    resolve: { alias: { '@jest/globals': 'vitest' } },
    test: { include: ['examples/jest.test.mjs'] },
  }),
);
