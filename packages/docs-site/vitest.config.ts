import { defineConfig, mergeConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import shared from '../../vitest.shared.ts';

/** Starts with the longest, so that it does not run alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith('accessible.test.ts');
    const others = await super.sort(files.filter((file) => !isLongest(file)));
    return [...files.filter(isLongest), ...others];
  }
}

/** A test of a page waits for the browser, and the browser for the test: two files at a time keep two cores busy. */
export default mergeConfig(shared, defineConfig({ test: { maxWorkers: 2, sequence: { sequencer: LongestFirst } } }));
