import type { Company } from '@comm100-openapi/description' with { 'resolution-mode': 'import' };

declare const company: Company;
export = company;
