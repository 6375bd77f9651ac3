import { spawnSync } from 'node:child_process';

/** How a client is generated, compiled and run in a language. All words are for the folder of the language. */
export interface Language {
  name: string;
  /** The name that Redocly's `generate-client` has for it. */
  generator: string;
  /** The program with the ten calls, in `programs/<version>`. */
  program: string;
  /** Where the generator's `--output` is, from the folder of the language; the generator has its own file ending. */
  output: string;
  /** Files that a project of this language needs beside the client and the program. */
  files?: Record<string, string>;
  /** Programs of `programs/` that correct the generated client; `compile` runs them. */
  corrections?: readonly string[];
  /** More words for the generator. */
  options?: readonly string[];
  /** The programs to use, each under a name for `compile` and `run`. */
  tools: Record<string, Tool>;
  compile(tools: Record<string, string>): readonly Command[];
  run(tools: Record<string, string>): Command;
}

/** A program and its words. */
type Command = readonly [program: string, ...words: string[]];

interface Tool {
  /** The first of these that works is used. */
  candidates: readonly string[];
  /** Prints the version, and fails where something is missing. */
  check: readonly string[];
  /** For whom has none. */
  install: string;
}

const node = (words: readonly string[] = ['--version']): Tool => ({
  candidates: [process.execPath],
  check: words,
  install: 'npm install',
});

/** The languages of the table, in its order. */
export const languages: readonly Language[] = [
  {
    name: 'Python',
    generator: 'python',
    program: 'calls.py',
    output: 'client.ts',
    tools: {
      python: {
        candidates: [process.env.PYTHON ?? 'python3', 'python', '/usr/bin/python3'],
        check: ['-c', 'import sys, httpx; print("Python", sys.version.split()[0], "with httpx", httpx.__version__)'],
        install: 'Python 3.9 or newer, and `python3 -m pip install httpx` or `apt-get install python3-httpx`',
      },
    },
    compile: ({ python = '' }) => [[python, '-m', 'py_compile', 'client.py', 'calls.py']],
    run: ({ python = '' }) => [python, 'calls.py'],
  },
  {
    name: 'Go',
    generator: 'go',
    program: 'calls.go',
    output: 'client/client.ts',
    files: { 'go.mod': 'module example.com/calls\n\ngo 1.18\n' },
    tools: {
      go: { candidates: ['go'], check: ['version'], install: 'Go 1.18 or newer, or `apt-get install golang-go`' },
    },
    compile: ({ go = '' }) => [
      [go, 'vet', './...'],
      [go, 'build', '-o', 'calls', '.'],
    ],
    run: () => ['./calls'],
  },
  {
    name: 'PHP',
    generator: 'php',
    program: 'calls.php',
    output: 'client.ts',
    corrections: ['allow-null.php'],
    tools: {
      php: {
        candidates: ['php'],
        check: ['-r', 'curl_version(); echo "PHP ", PHP_VERSION;'],
        install: 'PHP 8.1 or newer with curl, or `apt-get install php-cli php-curl`',
      },
    },
    compile: ({ php = '' }) => [
      [php, 'allow-null.php'],
      [php, '-l', 'client.php'],
      [php, '-l', 'calls.php'],
    ],
    run: ({ php = '' }) => [php, 'calls.php'],
  },
  {
    name: 'Java',
    generator: 'java',
    program: 'Calls.java',
    output: 'client.ts',
    tools: {
      javac: {
        candidates: ['javac'],
        check: ['-version'],
        install: 'a JDK 17 or newer, or `apt-get install default-jdk-headless`',
      },
      java: { candidates: ['java'], check: ['-version'], install: 'a JDK 17 or newer' },
    },
    compile: ({ javac = '' }) => [[javac, '-d', 'classes', 'Client.java', 'Calls.java']],
    run: ({ java = '' }) => [java, '-cp', 'classes', 'Calls'],
  },
  {
    name: 'TypeScript',
    generator: 'typescript',
    program: 'calls.ts',
    output: 'client.ts',
    options: ['--import-ext', 'ts'],
    files: {
      'package.json': '{ "type": "module" }\n',
      'tsconfig.json': '{ "extends": "../../../../tsconfig.base.json", "include": ["*.ts"] }\n',
    },
    tools: { node: node() },
    compile: ({ node: program = '' }) => [[program, '../../../../node_modules/typescript/bin/tsc', '--noEmit']],
    run: ({ node: program = '' }) => [program, 'calls.ts'],
  },
];

/**
 * The programs of a language on this machine, and what they call themselves.
 *
 * @returns what to install, where one is missing.
 */
export function findTools({
  tools,
}: Language): { tools: Record<string, string>; version: string } | { missing: string } {
  const found: Record<string, string> = {};
  let version = '';
  for (const [name, { candidates, check, install }] of Object.entries(tools)) {
    const results = candidates.map((program) => ({ program, ...spawnSync(program, check, { encoding: 'utf8' }) }));
    const result = results.find(({ status }) => status === 0);
    if (result === undefined) return { missing: install };
    found[name] = result.program;
    version ||= (result.stdout || result.stderr).trim().split('\n')[0] ?? '';
  }
  return { tools: found, version };
}
