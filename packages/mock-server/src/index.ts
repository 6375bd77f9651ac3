export type { Company, Document as Bundle } from '@comm100-openapi/description';
export { loadDemo } from './demo.ts';
export { type Address, type LogEntry, type Mock, type MockOptions, spellingHeader, startMock } from './server.ts';
export { describeLog, describeMock } from './terminal.ts';
