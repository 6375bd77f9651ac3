import type { Document } from '@comm100-openapi/description' with { 'resolution-mode': 'import' };

declare const document: Document;
export = document;
