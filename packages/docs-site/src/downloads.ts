import { readFileSync } from 'node:fs';
import { openCollectionOf, postmanOf } from './collections/index.ts';
import { downloadLink, journeysLink } from './html/links.ts';
import { bundlePath, VERSIONS, type Version } from './model/bundle.ts';

/** A file that the site offers beside its pages. */
export interface Download {
  /** Nothing where it is about both. */
  version?: Version;
  /** Its address in the site. */
  link: string;
  title: string;
  /** What it is for, in Markdown. */
  use: string;
  text: string;
}

let all: Download[] | undefined;

/** All files for download, made once. */
export function listDownloads(): Download[] {
  all ??= [
    ...VERSIONS.flatMap(filesOf),
    {
      link: journeysLink,
      title: 'Journeys as Arazzo 1.0.1',
      use: 'Twelve sequences of requests, for programs that run or show them. It refers to the JSON files of both versions beside it.',
      text: readFileSync(bundlePath('journeys.arazzo.yaml'), 'utf8'),
    },
  ];
  return all;
}

function filesOf(version: Version): Download[] {
  const json = (value: object) => `${JSON.stringify(value, null, 1)}\n`;
  const bundle = (extension: 'json' | 'yaml') => readFileSync(bundlePath(`${version}.${extension}`), 'utf8');
  const files = [
    {
      extension: 'json',
      title: 'OpenAPI 3.1 as JSON',
      use: 'For generators, validators and all tools that read OpenAPI.',
      text: bundle('json'),
    },
    { extension: 'yaml', title: 'OpenAPI 3.1 as YAML', use: 'The same, easier to read.', text: bundle('yaml') },
    {
      extension: 'postman.json',
      title: 'Postman collection',
      use: 'Import it in Postman, or in another program that reads its format, version 2.1.',
      text: json(postmanOf(version)),
    },
    {
      extension: 'bruno.json',
      title: 'Bruno collection',
      use: 'Import it in Bruno, from version 3. The format is OpenCollection.',
      text: json(openCollectionOf(version)),
    },
  ] as const;
  return files.map(({ extension, ...file }) => ({ version, link: downloadLink(version, extension), ...file }));
}
