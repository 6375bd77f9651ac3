import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Publint {
  publint(options: { pkgDir: string; pack: false; level: string }): Promise<{ messages: unknown[] }>;
  formatMessage(message: unknown, manifest: unknown, options: { color: boolean }): string;
}

interface TypesWrong {
  createPackageFromTarballData(data: Uint8Array): unknown;
  checkPackage(
    packed: unknown,
    options: { excludeEntrypoints: RegExp[] },
  ): Promise<{ problems?: { kind: string; entrypoint?: string; resolutionKind?: string }[] }>;
}

/** The findings of publint for an installed package, a sentence each. */
export async function lintPackage(tools: string, folder: string, manifest: unknown): Promise<string[]> {
  const { publint }: Publint = await importFrom(tools, 'publint');
  const { formatMessage }: Publint = await importFrom(tools, 'publint/utils');
  const { messages } = await publint({ pkgDir: folder, pack: false, level: 'suggestion' });
  return messages.map((message) => formatMessage(message, manifest, { color: false }));
}

/** The findings of are-the-types-wrong for a tarball, in programs that are modules of ECMAScript or are bundled. */
export async function wrongTypes(tools: string, tarball: string): Promise<string[]> {
  const attw: TypesWrong = await importFrom(tools, '@arethetypeswrong/core');
  const { problems = [] } = await attw.checkPackage(
    attw.createPackageFromTarballData(readFileSync(tarball)),
    // Not for programs to import.
    { excludeEntrypoints: [/\.(yaml|csv)$/] },
  );
  return problems
    .filter(({ resolutionKind }) => resolutionKind !== 'node10' && resolutionKind !== 'node16-cjs')
    .map(({ kind, entrypoint = '', resolutionKind = '' }) => `${kind} ${entrypoint} ${resolutionKind}`.trim());
}

/** A module of a package that is installed in a folder. */
function importFrom<Module>(folder: string, name: string): Promise<Module> {
  return import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href);
}
