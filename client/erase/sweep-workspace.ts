/** The safety net of an erasure: a search through every column of every table for words that no rule above knew of. */
import type { Transaction } from '../../db/database.ts';
import { unpackHistoryNow } from '../../db/history/bytes.ts';
import { textsOfHistory } from '../../db/history/texts.ts';
import type { StoredColumn, StoredRow, StoredTable } from '../../db/workspace-rows.ts';
import { setStoredValue, storedRows, storedTables } from '../../db/workspace-rows.ts';
import { DreamsError } from '../../domain/errors.ts';
import { changeTexts, textsIn } from '../../domain/erasure/sentences.ts';

/** What people write beside their work; it may quote a session. */
const notes = new Set(['operations.note', 'decisions.note', 'alias_moves.note', 'erasures.note', 'dreams.instructions']);

/** What people, files, stores and sources are called. */
const naming = new Set([
  ...['memories', 'memory_versions', 'dream_memories', 'draft_files', 'claims', 'changes', 'operation_memories'].map(
    (table) => `${table}.path`,
  ),
  ...['operations', 'decisions', 'alias_moves', 'erasures'].map((table) => `${table}.by`),
  ...['memory_stores.name', 'memory_stores.description', 'sessions.title', 'sessions.source_id', 'sessions.metadata'],
  ...['drafts.deleted', 'drafts.conflicts', 'memory_versions.created_by', 'operations.report'],
]);

/** JSON that nothing may alter; none of it is meant to hold words. */
const fixed = new Set(['operations.counts', 'model_calls.response', 'model_calls.usage', 'erasures.report']);

/** Text that the session shares with these is not looked for, so they need no search. */
export interface Sources {
  /** Hashes of memories that stood before the session came in. */
  contents: ReadonlySet<string>;
  /** Live sessions of dreams; every other session is a source. */
  liveSessions: ReadonlySet<string>;
  /** Of every memory, now and before. */
  paths: ReadonlySet<string>;
}

/**
 * Replaces what it finds in JSON and in notes. Names (of files, stores, other sessions, people) are left as they are and counted
 * by place: whoever gave them did so beside the session, and other rows go by them. Anywhere else it gives up, and with it the
 * erasure. Names places, never words.
 */
export async function sweepWorkspace(
  tx: Transaction,
  sources: Sources,
  carries: (text: string) => boolean,
  mark: string,
): Promise<{ place: string; count: number }[]> {
  const names = new Map<string, number>();
  const sentence = (text: string) => carries(text) && !sources.paths.has(text);
  for (const table of storedTables())
    for await (const page of storedRows(tx, table))
      for (const row of page) {
        if (isSource(table, row, sources)) continue;
        for (const column of table.columns) {
          const value = textOf(row.values[column.name], table, column);
          if (![...textsIn(value)].some(carries)) continue;
          const place = `${table.name}.${column.name}`;
          const isName = naming.has(place) || ![...textsIn(value)].some(sentence);
          if (isName) names.set(place, (names.get(place) ?? 0) + 1);
          else await setStoredValue(tx, table, column, row, replacement(table, column, row, value, sentence, mark));
        }
      }
  return [...names].map(([place, count]) => ({ place, count })).sort((a, b) => (a.place < b.place ? -1 : 1));
}

function isSource(table: StoredTable, { values }: StoredRow, { contents, liveSessions }: Sources): boolean {
  // Workflow code is nobody's words, and a session about it may well quote it.
  if (table.name === 'bundles') return true;
  if (table.name === 'contents') return contents.has(String(values['sha256']));
  return table.name === 'session_events' && !liveSessions.has(String(values['session_id']));
}

function textOf(value: unknown, table: StoredTable, column: StoredColumn): unknown {
  if (column.kind !== 'bytes' || !(value instanceof Uint8Array)) return value;
  return table.name === 'histories' ? textsOfHistory(unpackHistoryNow(value)) : new TextDecoder().decode(value);
}

function replacement(
  table: StoredTable,
  column: StoredColumn,
  row: StoredRow,
  value: unknown,
  carries: (text: string) => boolean,
  mark: string,
): unknown {
  const place = `${table.name}.${column.name}`;
  if (column.kind === 'json' && !fixed.has(place)) return changeTexts(value, (text) => (carries(text) ? mark : text));
  if (notes.has(place)) return mark;
  const key = Object.values(row.key)
    .map(String)
    .filter((part) => !carries(part));
  throw new DreamsError(
    'internal_error',
    `Words of the session stand in the column ${column.name} of the table ${table.name}, row ${key.join(' ')}, which no erasure foresees; nothing was erased.`,
    { hint: 'Please report it with the names of table and column.' },
  );
}
