export type { Company } from '@comm100-openapi/description';
export {
  answerHeader,
  createMock,
  faultHeader,
  type LogEntry,
  type MockOptions,
  spellingHeader,
} from '@comm100-openapi/mock-core';
export { loadDemo } from './own.ts';
export { type ProxyOptions, type RunningProxy, startProxy } from './proxy/proxy.ts';
export { type Address, type Mock, startMock } from './server.ts';
export { describeLog, describeMock, surviveClosedOutput } from './terminal.ts';
