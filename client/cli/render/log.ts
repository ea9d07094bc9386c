/** The history of a store, as git shows one: newest first. */
import type { LogEntry, StoreLog } from '../../read-log.ts';
import type { TouchedPath } from '../../touched-paths.ts';
import { style } from '../terminal.ts';
import { countsInWords } from './counts.ts';
import { renderLogReport } from './log-report.ts';
import { counted, excerpt, minute } from './words.ts';

const pathsAtMost = 8;
const pathLength = 120;

export function renderLog(log: StoreLog): string {
  const byId = new Map(log.operations.map((entry) => [entry.id, entry]));
  const entries = log.operations.map((entry) => renderEntry(entry, byId));
  if (entries.length === 0) entries.push(`Nothing was ever written to ${log.memory_store_id} (${excerpt(log.name, 80)}).`);
  if (log.began_as !== null) entries.push(`Began as a copy of ${log.began_as.memory_store_id} (dream ${log.began_as.dream_id}).`);
  return entries.join('\n\n');
}

function renderEntry(entry: LogEntry, byId: ReadonlyMap<string, LogEntry>): string {
  const who = entry.dream !== null && entry.by === `dream ${entry.dream}` ? 'the dream itself' : excerpt(entry.by, 120);
  const lines = [style('bold', `${entry.kind} ${entry.id}`), `  when   ${minute(entry.at)}`, `  who    ${who}`];
  if (entry.dream !== null) lines.push(`  dream  ${entry.dream}`);
  if (entry.undoes !== null) lines.push(`  undoes ${describe(entry.undoes, byId.get(entry.undoes))}`);
  if (entry.erases !== null) lines.push(`  erases ${entry.erases}`);
  if (entry.note !== null) lines.push('', `    ${excerpt(entry.note, 600)}`, '');
  // A dream counts statements; it may write the index alone.
  lines.push(`  ${countsInWords(entry.counts, entry.paths.length === 0 ? 'nothing changed' : 'no statement changed')}`);
  if (entry.paths.length > 0) lines.push(`  ${pathsInWords(entry.paths)}`);
  if (entry.report !== null) lines.push(...renderLogReport(entry.report, entry.dream ?? '').map((line) => `  ${line}`));
  const undo = entry.undone_by === null ? undefined : byId.get(entry.undone_by);
  if (entry.undone_by !== null)
    lines.push(
      `  ${style('yellow', `taken back by ${entry.undone_by}`)}${undo === undefined ? '' : ` on ${minute(undo.at)} by ${excerpt(undo.by, 80)}`}`,
    );
  return lines.join('\n');
}

function pathsInWords(paths: readonly TouchedPath[]): string {
  const shown = paths.slice(0, pathsAtMost).map(({ path, what, from }) => {
    const place = excerpt(path, pathLength);
    return `${what} ${from === undefined ? place : `${excerpt(from, pathLength)} -> ${place}`}`;
  });
  const more = paths.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${counted(more, 'more path')}` : ''}`;
}

function describe(id: string, entry: LogEntry | undefined): string {
  if (entry === undefined) return id;
  return `${entry.kind} ${id} of ${minute(entry.at)} by ${excerpt(entry.by, 80)}`;
}
