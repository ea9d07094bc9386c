/** The neutral JSON form: one case with a memory store, sessions and instructions. */
import { baseName, makeStore, type MemoryEntry } from '../make-store.ts';
import { makeMetadata } from '../metadata.ts';
import { counted, shown } from '../shown.ts';
import type { ImportedSession, ImportedStore, Problem, SourceFile } from '../source.ts';
import { replaceLoneSurrogates } from '../text.ts';
import { cleanSessions, parseJsonFile } from './parse-json-file.ts';
import { pickCase } from './pick-case.ts';
import { readSession } from './read-session.ts';

export interface ReadCase {
  store: ImportedStore | null;
  sessions: ImportedSession[];
  problems: Problem[];
  instructions: string | null;
}

export function readCase(file: SourceFile): ReadCase {
  const parsed = parseJsonFile(file);
  const empty: ReadCase = { store: null, sessions: [], problems: parsed.problems, instructions: null };
  if (parsed.failed) return empty;
  const picked = pickCase(parsed.value);
  if (picked === null) {
    return {
      ...empty,
      problems: [
        {
          path: file.path,
          code: 'unknown_format',
          fatal: true,
          message: `${shown(file.path)} is JSON but no case: an object with "sessions" or "memory_store" is expected. Accepted too: Claude Code .jsonl files and folders of Markdown.`,
        },
      ],
    };
  }
  const { store, problems } = readStore(file, picked.name, picked.memoryStore, parsed.invalidBytes);
  // Sessions whose store stays out would be dreamt over nothing: the case comes in whole or not at all.
  if (store === null) return { ...empty, problems: withoutSessions(problems, picked.sessions) };
  const cleaned = cleanSessions(file, parsed, Array.isArray(picked.sessions) ? picked.sessions : []);
  problems.push(...cleaned.problems);
  if (picked.sessions !== undefined && picked.sessions !== null && !Array.isArray(picked.sessions)) {
    problems.push({
      path: file.path,
      code: 'invalid_case',
      fatal: false,
      message: `"sessions" of ${shown(file.path)} is not a list, so no session came in. Make it a list and import again.`,
    });
  }
  const sessions: ImportedSession[] = [];
  (cleaned.value as unknown[]).forEach((raw, index) => {
    const read = readSession(file.path, index + 1, raw);
    problems.push(...read.problems);
    if (read.session !== null) sessions.push({ ...read.session, metadata: makeMetadata({ file: file.path }) });
  });
  const instructions =
    typeof picked.instructions === 'string' && picked.instructions.trim() !== '' ? withoutNul(picked.instructions) : null;
  return { store, sessions, problems, instructions };
}

function withoutSessions(problems: Problem[], sessions: unknown): Problem[] {
  const last = problems.at(-1);
  if (last === undefined || !Array.isArray(sessions) || sessions.length === 0) return problems;
  const message = `${last.message} The ${counted(sessions.length, 'session')} of the same file stayed out with the store.`;
  return [...problems.slice(0, -1), { ...last, message }];
}

/** Instructions are a text of the database, which holds neither NUL nor half a surrogate pair. */
function withoutNul(text: string): string {
  return replaceLoneSurrogates(text.replaceAll('\u0000', '\uFFFD')).text;
}

/** A case without a store gets an empty one named after it. */
function readStore(
  file: SourceFile,
  name: unknown,
  memoryStore: unknown,
  invalidBytes: { count: number; at: number },
): { store: ImportedStore | null; problems: Problem[] } {
  const called = typeof name === 'string' && name.trim() !== '' ? name : baseName(file.path);
  const refuse = (code: Problem['code'], message: string): { store: null; problems: Problem[] } => ({
    store: null,
    problems: [{ path: file.path, code, message, fatal: true }],
  });
  if (memoryStore === undefined || memoryStore === null) return makeStore(file.path, called, []);
  if (!Array.isArray(memoryStore))
    return refuse('invalid_case', `"memory_store" of ${shown(file.path)} is not a list of {path, content}. Correct it and import again.`);
  const entries: MemoryEntry[] = [];
  for (const [index, raw] of (memoryStore as unknown[]).entries()) {
    const { path, content } = (raw ?? {}) as Record<string, unknown>;
    if (typeof path !== 'string' || typeof content !== 'string') {
      return refuse(
        'invalid_memory',
        `Memory ${index + 1} of ${shown(file.path)} has no text "path" and "content". Correct it and import again.`,
      );
    }
    entries.push({ file: file.path, path: path.startsWith('/') ? path : `/${path}`, content });
  }
  // The bytes may lie in a transcript, but a memory must keep its own: a U+FFFD in one of them leaves that open.
  if (invalidBytes.count > 0 && entries.some((entry) => entry.content.includes('\uFFFD') || entry.path.includes('\uFFFD'))) {
    return refuse(
      'invalid_utf8',
      `${shown(file.path)} is not UTF-8 in a memory: ${counted(invalidBytes.count, 'invalid byte sequence')}, the first at byte ${invalidBytes.at}. A memory must keep its bytes: convert the file to UTF-8 and import again.`,
    );
  }
  return makeStore(file.path, called, entries);
}
