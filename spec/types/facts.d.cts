import type { Facts } from '@comm100-openapi/description' with { 'resolution-mode': 'import' };

declare const facts: Facts;
export = facts;
