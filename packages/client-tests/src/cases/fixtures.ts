/** What the server says of the department that most cases read. */
export const department = { id: 1, name: 'Entgegennahme für Rückgaben' };

/** A response with it. */
export const good = { json: department };

/** The request for it, as the server sees it. */
export const read = 'GET /api/v2/livechat/departments/1 Bearer t0';

/** A timeout that a response on a busy machine keeps, in milliseconds. */
export const short = 1500;
