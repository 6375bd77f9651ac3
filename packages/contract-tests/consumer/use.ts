import { NotFoundError } from '@comm100-openapi/client-core/errors';
import { createTestClient } from '@comm100-openapi/client-testing';
import { createClient as createV1, parseDate } from '@comm100-openapi/client-v1';
import { type components, createClient, ForbiddenError } from '@comm100-openapi/client-v2';
import { type Document, operationsOf } from '@comm100-openapi/description';

type Department = components['schemas']['Department'];

/** As `process.env` is typed. */
declare const environment: Record<string, string | undefined>;

/** What a project of somebody else might write. */
export async function use(apiKey: string): Promise<Date | undefined> {
  const client = createClient({
    domain: 'hosted.comm100.com',
    auth: { type: 'basic', email: 'maya@larkspur.example', apiKey },
  });
  // What the environment may lack needs no cast, with exact optional properties too.
  const { COMM100_URL, COMM100_DOMAIN, COMM100_EMAIL, COMM100_KEY } = environment;
  createClient({ baseUrl: COMM100_URL, auth: { type: 'basic', email: COMM100_EMAIL, apiKey: COMM100_KEY } });
  createV1({ domain: COMM100_DOMAIN, auth: { type: 'basic', email: COMM100_EMAIL, apiKey: COMM100_KEY } });
  const departments: Department[] = await client.get('/api/v2/livechat/departments');
  try {
    await client.put('/api/v2/livechat/departments/{id}', {
      path: { id: departments[0]?.id ?? 1 },
      body: { name: 'Support' },
    });
  } catch (error) {
    if (error instanceof ForbiddenError) console.error(error.serviceMessage);
    // @ts-expect-error `error` is unknown until it is narrowed
    error.serviceMessage;
  }
  // @ts-expect-error the body must have a name
  await client.post('/api/v2/livechat/departments', { body: {} });
  for await (const { chats } of createV1({ auth: { type: 'basic', email: 'a', apiKey } }).pages(
    '/api/v1/livechat/chats',
  )) {
    const [chat] = chats;
    if (chat) return parseDate(chat.start_time);
  }
  return undefined;
}

/** Errors are the same classes in both clients, and a bundle can be read without either. */
export const isMissing = (error: unknown): boolean => error instanceof NotFoundError;
export const idsOf = (document: Document): string[] => operationsOf(document).map(({ id }) => id);

/** What a test has in place of a client. */
export const testClient = () => createTestClient().client;
