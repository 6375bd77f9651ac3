export type { Company } from './company.ts';
export { loadDemo } from './demo.ts';
export type { Bundle } from './description.ts';
export { type Address, type LogEntry, type Mock, type MockOptions, spellingHeader, startMock } from './server.ts';
export { describeLog, describeMock } from './terminal.ts';
