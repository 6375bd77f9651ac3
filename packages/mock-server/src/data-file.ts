import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Entity, Keeper, StoreDifference } from '@comm100-openapi/mock-core';
import { writeProblem } from './arguments.ts';

/** The version of the file's tables, as `user_version` of the file. */
const version = 1;

/** What SQLite keeps in a file to say whose it is: `C100`. @see https://www.sqlite.org/pragma.html#pragma_application_id */
const application = 0x43313030;

const schema = `
  CREATE TABLE origin (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE world (name TEXT PRIMARY KEY, time INTEGER NOT NULL, running INTEGER NOT NULL) STRICT;
  CREATE TABLE entity (
    world TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT,
    PRIMARY KEY (world, kind, key)
  ) STRICT;
`;

/** How many worlds a file keeps beside the main one: those that were changed last. */
const mostWorlds = 200;

const dropOldest = `
  DELETE FROM world WHERE name <> '' AND name NOT IN
    (SELECT name FROM world WHERE name <> '' ORDER BY rowid DESC LIMIT ${mostWorlds});
  DELETE FROM entity WHERE world NOT IN (SELECT name FROM world);
`;

/** What the state in a file builds on, by name: the same state means something else on another description or company. */
export type Origin = Readonly<Record<string, string | undefined>>;

type Living = Parameters<Keeper['open']>[0];

/** A world that is watched. */
interface Watched {
  readonly world: Living;
  /** The keys of what has changed since the last commit, by kind. */
  readonly changed: Map<string, Set<string>>;
  /** The clock as it was kept. */
  kept: string;
  stop(): void;
}

/**
 * The state of worlds in a file of SQLite, across restarts. What a commit has written survives the end of the program at
 * any moment, and of the machine (a write-ahead log that is written through). One program at a time can have it open.
 */
export class DataFile implements Keeper {
  readonly #database: DatabaseSync;
  readonly #worlds = new Map<string, Watched>();
  readonly #put: StatementSync;
  readonly #forget: StatementSync;
  readonly #clock: StatementSync;

  /**
   * Opens a file, or makes it, readable by its owner only.
   *
   * @throws {Error} naming the file and what to do, where it is in use, of another program or version, or has another
   *   origin. It is then left as it is.
   */
  constructor(path: string, origin: Origin) {
    this.#database = openFile(path, origin);
    // Worlds that nobody has used since are not kept for ever, as in the memory.
    this.#transaction(() => this.#database.exec(dropOldest));
    this.#put = this.#database.prepare(`
      INSERT INTO entity (world, kind, key, value) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value`);
    this.#forget = this.#database.prepare('DELETE FROM entity WHERE world = ? AND kind = ? AND key = ?');
    this.#clock = this.#database.prepare('INSERT OR REPLACE INTO world (name, time, running) VALUES (?, ?, ?)');
  }

  /** What the state in a file builds on; nothing where there is no file of this program. */
  static originOf(path: string): Origin {
    if (!existsSync(path) || statSync(path).size === 0) return {};
    const file = openFile(path, undefined);
    const origin = originIn(file);
    file.close();
    return origin;
  }

  open(world: Living): void {
    const { name, store, clock } = world;
    this.#worlds.get(name)?.stop();
    const kept = this.#database.prepare('SELECT time, running FROM world WHERE name = ?').get(name);
    if (kept) {
      store.restore(this.#differenceOf(name));
      clock.set(Number(kept.time));
      clock.run(kept.running === 1);
    }
    const changed: Watched['changed'] = new Map();
    const stop = store.onChange(({ kind, key }) => {
      const keys = changed.get(kind) ?? new Set();
      changed.set(kind, keys.add(key));
    });
    this.#worlds.set(name, { world, changed, stop, kept: clockText(world) });
  }

  commit(): void {
    const due = [...this.#worlds.values()].filter(
      (each) => each.changed.size > 0 || each.kept !== clockText(each.world),
    );
    if (due.length === 0) return;
    this.#transaction(() => {
      for (const { world, changed } of due) {
        for (const [kind, keys] of changed) {
          for (const key of keys) this.#write(world, kind, key);
        }
        this.#clock.run(world.name, Math.round(world.clock.now()), world.clock.isRunning ? 1 : 0);
      }
    });
    for (const each of due) {
      each.changed.clear();
      each.kept = clockText(each.world);
    }
  }

  drop(name: string): void {
    this.#worlds.get(name)?.stop();
    this.#worlds.delete(name);
    this.#transaction(() => {
      for (const table of ['entity WHERE world', 'world WHERE name']) {
        this.#database.prepare(`DELETE FROM ${table} = ?`).run(name);
      }
    });
  }

  /** Closes the file. What was not committed is not in it. */
  close(): void {
    for (const { stop } of this.#worlds.values()) stop();
    this.#worlds.clear();
    this.#database.close();
  }

  #write({ name, store }: Living, kind: string, key: string): void {
    const now = store.changes(kind).get(key);
    // What was created and removed again stays as a row without a value: its id is not given again.
    if (now === undefined && store.has(kind, key)) this.#forget.run(name, kind, key);
    else this.#put.run(name, kind, key, now ? JSON.stringify(now) : null);
  }

  #differenceOf(world: string): StoreDifference {
    const difference: Record<string, Record<string, Entity | null>> = {};
    const rows = this.#database.prepare('SELECT kind, key, value FROM entity WHERE world = ? ORDER BY rowid');
    for (const { kind, key, value } of rows.iterate(world) as Iterable<{ kind: string; key: string; value: string }>) {
      difference[kind] ??= {};
      difference[kind][key] = value === null ? null : JSON.parse(value);
    }
    return difference;
  }

  #transaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      try {
        this.#database.exec('ROLLBACK');
      } catch {
        // After some errors, such as a full disk, SQLite has done so itself.
      }
      throw new Error(`The data file cannot be written: ${(error as Error).message}.`, { cause: error });
    }
  }
}

/** A clock that runs has no time that could be compared. */
function clockText({ clock }: Living): string {
  return clock.isRunning ? 'running' : String(clock.now());
}

/** Opens a file of this program, or makes one. @throws {Error} naming the file and what to do; the file is then as it was. */
function openFile(path: string, origin: Origin | undefined): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    const { DatabaseSync } = sqlite();
    checkHeader(path);
    database = new DatabaseSync(path);
    // One program at a time: two would each write its own state over that of the other.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE');
    const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
    if (tables === 0) make(database, origin ?? {});
    else if (origin) checkOrigin(database, origin);
    database.exec('COMMIT; PRAGMA journal_mode = WAL');
    return database;
  } catch (error) {
    database?.close();
    throw new Error(`--data ${path}: ${reasonOf(error as Failure)}`, { cause: error });
  }
}

/** All of the file's first content, in one transaction: a file has all of it, or is empty. */
function make(database: DatabaseSync, origin: Origin): void {
  database.exec(`${schema} PRAGMA application_id = ${application}; PRAGMA user_version = ${version}`);
  const insert = database.prepare('INSERT INTO origin (name, value) VALUES (?, ?)');
  for (const [name, value] of Object.entries(origin)) if (value !== undefined) insert.run(name, value);
}

/**
 * Reads whose file it is before SQLite opens it, because SQLite may change even a file that it only reads.
 *
 * @throws {Error} where it is of another program or version.
 * @see https://www.sqlite.org/fileformat2.html#the_database_header
 */
function checkHeader(path: string): void {
  // Made here and not by SQLite, so that at no moment somebody else can read it.
  const file = openSync(path, 'a+', 0o600);
  const header = Buffer.alloc(100);
  const size = readSync(file, header, 0, header.length, 0);
  closeSync(file);
  // With a journal, the header may be one that SQLite has not finished to write.
  if (size === 0 || existsSync(`${path}-journal`)) return;
  const isOurs = header.toString('latin1', 0, 16) === 'SQLite format 3\0' && header.readUInt32BE(68) === application;
  if (!isOurs)
    throw new Error('it is a file of another program. Choose another name; a new file is made where there is none.');
  const found = header.readUInt32BE(60);
  if (found !== version) {
    throw new Error(
      `it is of version ${found}, and this program writes version ${version}. Choose another name, or the program that made it.`,
    );
  }
}

function originIn(database: DatabaseSync): Origin {
  const rows = database.prepare('SELECT name, value FROM origin').all() as { name: string; value: string }[];
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function checkOrigin(database: DatabaseSync, origin: Origin): void {
  const kept = originIn(database);
  const others = [...new Set([...Object.keys(kept), ...Object.keys(origin)])].filter(
    (name) => kept[name] !== origin[name],
  );
  if (others.length === 0) return;
  const words = others.map((name) => `another ${name}${name.startsWith('--') ? ` (${kept[name] ?? 'none'})` : ''}`);
  throw new Error(`it was made with ${words.join(' and ')}. Start with the same, or choose another name.`);
}

type Failure = NodeJS.ErrnoException & { readonly errcode?: number };

/** Why a file cannot be opened, and what to do. The last eight bits are the kind of an error. @see https://www.sqlite.org/rescode.html */
function reasonOf({ code, errcode, message }: Failure): string {
  switch (errcode && errcode & 255) {
    case 5:
      return 'it is in use by another program. End that one, or choose another name.';
    case 8:
    case 14:
      return 'its folder may not be written by this user, and SQLite makes a second file beside it. Choose another folder.';
    case 11:
    case 26:
      return `it is damaged (${message}). Choose another name.`;
    default:
      return writeProblem(code) ?? message;
  }
}

/**
 * The SQLite of Node. The warning that it is experimental, which Node 22 prints, is about its interface and not about files.
 *
 * @throws {Error} on a Node that is too old.
 */
function sqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  try {
    process.emitWarning = () => {};
    const found = process.getBuiltinModule?.('node:sqlite');
    if (found) return found;
  } finally {
    process.emitWarning = emitWarning;
  }
  throw new Error(`it needs Node 22.13 or newer, and this is ${process.version}.`);
}
