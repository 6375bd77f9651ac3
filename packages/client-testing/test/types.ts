// Checked by `tsc`. The sad path first, with the reason at each line.
import { createTestClient, createTestClientV1, type TestRequest } from '@comm100-openapi/client-testing';
import type { Department } from '@comm100-openapi/client-v2';

const { client, mock } = createTestClient();
const { mock: mockV1 } = createTestClientV1();
declare const department: Department;

// @ts-expect-error there is no such method
mock.on('chats.lst');
// @ts-expect-error version 2.0 finds agents by id, and has the password as an operation of its own
mockV1.on('agents.setPassword');
// @ts-expect-error a list has no 404
mock.on('chats.list').reply('notFound');
// @ts-expect-error an example of another operation
mock.on('departments.get').reply('firstOfTwoPages');
// @ts-expect-error a success has a body
mock.on('departments.get').reply(200);
// @ts-expect-error a department, not its name
mock.on('departments.get').reply(200, 'Support');
// @ts-expect-error a list of departments, not one
mock.on('departments.list').reply(200, department);
// @ts-expect-error the body of an error has a code
mock.on('departments.get').reply(404, { message: 'No.' });
// @ts-expect-error a status that the operation does not document
mock.on('departments.get').reply(409);
// @ts-expect-error an example has its own body
mock.on('departments.get').reply('support', department);
// @ts-expect-error this response has no body
mock.on('agents.unlock').reply(200, {});
// @ts-expect-error the credentials of version 1.0 are an email and an API key
createTestClientV1({ auth: { type: 'jwt', email: '', password: '', siteId: 1 } });
// @ts-expect-error where the requests go is not a setting of a test
createTestClient({ client: { baseUrl: 'https://hosted.comm100.com' } });

mock.on('departments.get').reply('support').once();
mock.on('departments.get').once().delay(10).reply(200, department).times(2);
mock.on('departments.get').reply(404, { code: 404000, message: 'No.' });
mock.on('departments.get').reply(500);
mock.on('agents.unlock').reply(200);
mock.on('chats.list').reply(new Response()).reset();
mockV1.on('agents.get').reply('notFound');
globalThis.fetch = mock.fetch;
export const unused: readonly string[] = mock.unused;
export const lists: Promise<Department[]> = client.departments.list();
export const named: TestRequest['name'] = 'chats.list';
