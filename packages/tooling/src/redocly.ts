import { fileURLToPath } from 'node:url';

/** The command line of Redocly: its script for Node, and what keeps it from reporting and from looking for updates. */
export const redocly = {
  script: fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js')),
  env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
};
