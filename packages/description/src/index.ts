export * from './company.ts';
export * from './extensions.ts';
export * from './migration.ts';
export * from './openapi.ts';
export * from './operation.ts';
export * from './reference.ts';
export * from './schema.ts';
export * from './week.ts';
