import { createClient } from '@comm100-openapi/client-v2';

/** The names of the departments, for the people who visit a page. */
export async function departmentNames() {
  const client = createClient({
    baseUrl: process.env.COMM100_URL,
    auth: { type: 'basic', email: process.env.COMM100_EMAIL, apiKey: process.env.COMM100_API_KEY },
    retries: 0,
  });
  try {
    return (await client.departments.list()).map(({ name }) => name);
  } catch {
    return ['Support'];
  }
}
