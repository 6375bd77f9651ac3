import { type Client, NotFoundError } from '@comm100-openapi/client-v2';

/**
 * Moves the agents of a department to another one, and deletes it. Version 1.0 documents that its chat transcripts and
 * offline messages are deleted with it; version 2.0 does not say.
 *
 * @returns Whether both departments were there.
 */
export async function closeDepartment(client: Pick<Client, 'departments'>, id: number, to: number): Promise<boolean> {
  try {
    const [closed, other] = await Promise.all([client.departments.get(id), client.departments.get(to)]);
    await client.departments.update(to, { agents: [...new Set([...other.agents, ...closed.agents])] });
    await client.departments.delete(id);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
