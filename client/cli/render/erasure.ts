/** What an erasure took away, what stayed and why, and what it cannot reach. */
import type { ErasureReport } from '../../../domain/erasure.ts';
import type { ErasedSession } from '../../erase-session.ts';
import { style } from '../terminal.ts';
import { counted, excerpt, minute } from './words.ts';

const linesAtMost = 200;

const whyStayed = {
  other_session: 'another session says it too',
  memory: 'it stood in the memory before',
  reworded: 'in the words of another session now',
  recounted: 'seen in fewer sessions now',
} as const;

export function renderErasure({ session_id, erased_at, by, note, report }: Omit<ErasedSession, 'untold'>): string {
  const why = note === null ? '' : `: ${excerpt(note, 200)}`;
  return [
    `${style('bold', session_id)}  erased ${minute(erased_at)} by ${excerpt(by, 80)}${why}`,
    ...renderReport(report),
    '',
    outOfReach,
  ].join('\n');
}

function renderReport(report: ErasureReport): string[] {
  const { gone, stayed, emptied, names, operations, failedDreams } = report;
  return [
    `  gone       ${[
      counted(report.events, 'event'),
      counted(report.facts, 'fact'),
      counted(report.proposals, 'proposal'),
      counted(report.answers, 'recorded answer'),
      counted(report.quotes, 'quote'),
    ].join(', ')}`,
    `  rewritten  ${counted(report.versions, 'memory version')}, ${counted(report.drafts, 'draft')}, ${counted(report.changes, 'change')} of drafts${report.histories === undefined ? '' : `, ${counted(report.histories, 'archived history', 'archived histories')}`}${report.drafts === 0 ? '' : '; the digest of a rewritten draft no longer proves its bytes'}`,
    ...operations.map(({ storeId, operationId }) => `  written    ${storeId} by the operation ${operationId}`),
    ...names.map(({ place, count }) => `  left       ${counted(count, 'name')} with words of it (${place})`),
    ...failedDreams.map((id) => `  ended      ${id}, which was open and read it, as failed`),
    ...emptied.map(
      ({ storeId, path }) => `  empty now  ${storeId} ${excerpt(path, 200)}; if its name says too much, delete it with "dreams edit"`,
    ),
    // Lines are counted as they stood before it.
    ...section(
      `${counted(gone.length, 'line')} gone with it${gone.length === 0 ? '' : ' (by their numbers before)'}`,
      gone.map((line) => place(line)),
    ),
    ...section(
      `${counted(stayed.length, 'line')} stayed`,
      stayed.map((line) => `${place(line)}: ${whyStayed[line.why]}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  const more = lines.length - linesAtMost;
  return [
    style('bold', `${title}${lines.length === 0 ? '.' : ':'}`),
    ...lines.slice(0, linesAtMost).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${String(more)} more; see --json`] : []),
  ];
}

function place({ storeId, path, line }: ErasureReport['gone'][number]): string {
  return `${storeId} ${excerpt(path, 200)}${line === null ? ' (in an earlier version)' : `:${String(line)}`}`;
}

/** What no transaction of ours can take back. */
const outOfReach =
  'Beyond our reach: what PostgreSQL keeps on disk until VACUUM (run "VACUUM" as the owner of the tables), its write-ahead log and your backups, folders that were exported, phrases below twenty characters, other spellings of its words, and what it had replaced, which is not put back (see "dreams log" and "dreams diff"). Until it forgets them itself, the Temporal server keeps its own histories: ids and counts, and what people wrote when they decided.';
