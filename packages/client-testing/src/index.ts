export type { SandboxOptions, TestRequest } from './sandbox.ts';
export {
  createTestClient,
  createTestClientV1,
  type MockV1,
  type MockV2,
  type TestClientOptions,
} from './test-client.ts';
export type { Stub, TestMock } from './test-mock.ts';
