/** A case as a dream may see it: gold and questions cut away, sessions marked with the case they belong to. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { DreamsClient } from '../client/dreams-client.ts';
import { DreamsError } from '../domain/errors.ts';
import { maxSessionsPerDream } from '../domain/limits.ts';

export interface CaseFile {
  /** The file's name without .json or .json.gz. */
  name: string;
  path: string;
}

export interface BlindCase {
  name: string;
  /** The case again as a file, in the form that the importer reads. */
  bytes: Uint8Array;
  sessions: number;
  /** Sessions above the limit of a dream; the oldest are kept. */
  left: number;
}

export type NeutralStore = Awaited<ReturnType<DreamsClient['exportNeutral']>>;

const ending = /\.json(?:\.gz)?$/;

/** In name order. Two files that would write the same answer are a mistake of the folder. */
export function listCases(folder: string): CaseFile[] {
  const files = readdirSync(folder)
    .filter((file) => ending.test(file))
    .sort();
  const cases = files.map((file) => ({ name: file.replace(ending, ''), path: join(folder, file) }));
  const twice = cases.find((one, index) => cases[index + 1]?.name === one.name);
  if (twice !== undefined)
    throw new DreamsError('invalid_input', `Two cases in ${JSON.stringify(folder)} are called ${JSON.stringify(twice.name)}.`, {
      hint: 'Keep one of .json and .json.gz.',
    });
  return cases;
}

/** What passes here is all that the product ever sees of a case. */
const visible = ['name', 'memory_store', 'sessions', 'instructions'] as const;

export function readBlindCase({ name, path }: CaseFile): BlindCase {
  const parsed = parse(path);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed))
    throw new DreamsError('invalid_input', 'A case is a JSON object.');
  const blind = Object.fromEntries(visible.flatMap((key) => (key in parsed ? [[key, (parsed as Record<string, unknown>)[key]]] : [])));
  const all = Array.isArray(blind['sessions']) ? (blind['sessions'] as unknown[]) : [];
  const sessions = oldest(all, maxSessionsPerDream).map((session) => marked(session, name));
  return {
    name,
    sessions: sessions.length,
    left: all.length - sessions.length,
    bytes: Buffer.from(JSON.stringify({ ...blind, sessions })),
  };
}

/** Says what is wrong without the parser's words, which quote the case. */
function parse(path: string): unknown {
  const isPacked = path.endsWith('.gz');
  let bytes: Buffer;
  try {
    bytes = isPacked ? gunzipSync(readFileSync(path)) : readFileSync(path);
  } catch (cause) {
    throw new DreamsError(
      'invalid_input',
      `The file cannot be ${isPacked ? 'read or unpacked' : 'read'} (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      { cause },
    );
  }
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as unknown;
  } catch (cause) {
    throw new DreamsError('invalid_input', 'The file is not JSON.', { cause });
  }
}

/** By time of the session, else of its first event; one without any time is taken for older than all. Equal ones keep their order. */
function oldest(sessions: unknown[], most: number): unknown[] {
  if (sessions.length <= most) return sessions;
  const dated = sessions.map((session) => ({ session, at: timeOf(session) }));
  return dated
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ session }) => session);
}

export function timeOf(session: unknown): number {
  const { created_at: createdAt, events } = (session ?? {}) as { created_at?: unknown; events?: { time?: unknown }[] };
  const time = Date.parse(String(createdAt ?? events?.[0]?.time));
  return Number.isNaN(time) ? Number.MIN_SAFE_INTEGER : time;
}

/**
 * Session ids repeat between cases, and two variants of one case may even share a session's beginning: unmarked, the import
 * would take the second for the first one grown, and one case's dream would read the other case's events.
 */
function markOf(name: string): string {
  return `${name}/`;
}

/** What is no session is left to the importer, which says so. */
function marked(session: unknown, name: string): unknown {
  if (session === null || typeof session !== 'object') return session;
  const { id } = session as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? { ...session, id: `${markOf(name)}${String(id)}` } : session;
}

/** The store under the session ids of the case file. */
export function withoutMarks(store: NeutralStore, name: string): NeutralStore {
  const mark = markOf(name);
  return {
    memories: store.memories.map((memory) => ({
      ...memory,
      provenance: memory.provenance.map((source) =>
        'session' in source && source.session.startsWith(mark) ? { ...source, session: source.session.slice(mark.length) } : source,
      ),
    })),
  };
}
