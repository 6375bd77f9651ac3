/** What the server says of the department that most cases read. */
export const department = { id: 1, name: 'Entgegennahme für Rückgaben' };

/** A response with it. */
export const good = { json: department };

/** The request for it, as the server sees it. */
export const read = 'GET /api/v2/livechat/departments/1 Bearer t0';

/**
 * Settings for a server that sends nothing for a while. On a busy machine, a response can take longer than the timeout
 * too, and the read is then sent once more.
 */
export const impatient = { timeout: 1500, retries: 6 };

/** So many requests, or more on a busy machine. */
export const atLeast = (count: number) => (requests: readonly string[]) => requests.length >= count;
