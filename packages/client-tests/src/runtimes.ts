import { versionsOf } from '@comm100-openapi/tooling/on-demand';
import { programOf } from '@comm100-openapi/tooling/runtimes';
import { inChromium, inProgram, inRealm, inWorker, type Run } from './places.ts';

/** A runtime in which the fault suite runs. */
export interface Runtime {
  readonly name: string;
  readonly isBrowser?: boolean;
  /**
   * Installs the runtime if it is not there.
   *
   * @throws {Error} where it cannot be had on this machine.
   */
  prepare(): Run;
}

/** Those that an ordinary installation has. */
export const always: readonly Runtime[] = [
  { name: `Node ${process.versions.node}`, prepare: () => inProgram(process.execPath) },
  { name: `Node ${process.versions.node}, in another realm`, prepare: () => inRealm },
  { name: 'Chromium', isBrowser: true, prepare: () => inChromium },
];

/** All of them: those that are installed on demand have their versions in on-demand.yaml. */
export function allRuntimes(): readonly Runtime[] {
  const { bun = '', deno = '', workerd = '', ...nodes } = versionsOf('runtimes');
  // The version of workerd is the last date that it knows; before some dates it behaves otherwise.
  const today = workerd.replace(/^\d+\.(\d{4})(\d\d)(\d\d)\..*/, '$1-$2-$3');
  return [
    ...Object.values(nodes).map((version) => ({
      name: `Node ${version}`,
      prepare: () => inProgram(programOf('node', version)),
    })),
    ...always,
    { name: `Bun ${bun}`, prepare: () => inProgram(programOf('bun', bun)) },
    {
      name: `Deno ${deno}`,
      prepare: () => inProgram(programOf('deno', deno), ['run', '--allow-net', '--no-prompt']),
    },
    ...[today, '2022-01-01'].map((date) => ({
      name: `workerd of ${date}`,
      prepare: () => inWorker(programOf('workerd', workerd), date),
    })),
  ];
}
