import { spawnSync } from 'node:child_process';
import type { Node } from '../src/description.ts';

/** The resident memory of a process, in MB. */
export function memoryOf(pid: number | undefined): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}

/** A document with its operations and their copies under other paths: `times` as many in all. */
export function multiplied(document: Node, times: number): Node {
  const paths = Object.entries(document.paths as Record<string, Node>);
  const copies = Array.from({ length: times - 1 }, (_, index) => index + 1).flatMap((number) =>
    paths.map(([path, item]): [string, Node] => {
      const copy = structuredClone(item);
      for (const operation of Object.values(copy)) {
        if (typeof operation === 'object' && operation !== null && 'operationId' in operation)
          operation.operationId = `${operation.operationId}Copy${number}`;
      }
      return [`/copy${number}${path}`, copy];
    }),
  );
  return { ...document, paths: Object.fromEntries([...paths, ...copies]) };
}
