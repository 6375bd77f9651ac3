import { defineConfig, mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** A test of a page waits for the browser, and the browser for the test: two files at a time keep two cores busy. */
export default mergeConfig(shared, defineConfig({ test: { maxWorkers: 2 } }));
