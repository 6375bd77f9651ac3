export type { AnswerProvider } from './answers/provider.ts';
export { answerHeader, spellingHeader } from './cors.ts';
export {
  type AnswerKind,
  type Content,
  type Incoming,
  type Outgoing,
  type RoutedExchange,
  ServiceError,
} from './exchange.ts';
export { bytesOf, type ConnectionFault, type FaultKind, FaultSource, faultHeader, slowly } from './faults.ts';
export { tooLarge } from './fetch.ts';
export { createJudge, type Difference, type DifferenceKind, type Judgement, type Observed } from './judge.ts';
export { createMock } from './mock.ts';
export type { ServedOperation, ServedParameter, ServedResponse } from './operation-table.ts';
export type { Mock, MockOptions } from './options.ts';
export { composed, type Payload } from './payload.ts';
export { errorResponse } from './respond.ts';
export { Clock } from './sandbox/clock.ts';
export type { CompanyState } from './sandbox/control/http.ts';
export type { AgentNow, ChatsOfDay, Overview } from './sandbox/control/overview.ts';
export type { Sandbox } from './sandbox/control/sandbox.ts';
export type { Snapshot } from './sandbox/control/snapshot.ts';
export {
  type Attempt,
  Deliveries,
  type Delivery,
  NotAllowed,
  type SendWebhook,
  type WebhookRequest,
} from './sandbox/deliveries.ts';
export type { Keeper } from './sandbox/keeper.ts';
export type { LifeOptions } from './sandbox/life/life.ts';
export { CompanyFileError, companyFileSchema, type FileProblem } from './sandbox/own/company-file.ts';
export type { LogEntry, LoggedRequest } from './sandbox/request-log.ts';
export {
  type Change,
  type Collection,
  type Difference as StoreDifference,
  type Entity,
  type Seed,
  Store,
} from './sandbox/store.ts';
export type { Stub } from './sandbox/stubs.ts';
export type { World } from './sandbox/world.ts';
export { worldHeader } from './sandbox/worlds.ts';
export { placeOf } from './schema/words.ts';
