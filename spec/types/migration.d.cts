import type { MigrationMap } from '@comm100-openapi/description' with { 'resolution-mode': 'import' };

declare const migration: MigrationMap;
export = migration;
