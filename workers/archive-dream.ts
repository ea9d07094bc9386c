import { reading, writing } from '../activities/effect.ts';
import { findErasedSince } from '../db/erasure.ts';
import type { DueDream } from '../db/histories.ts';
import { insertHistory, lockUnchanged, readArchiveState, setHistoryState } from '../db/histories.ts';
import type { History } from '../db/history/bytes.ts';
import { changeHistoryTexts } from '../db/history/texts.ts';
import { isToken } from '../domain/erasure/sentences.ts';
import type { ArchiverSettings } from './archiver.ts';
import { findRun } from './find-run.ts';
import type { FetchedRun } from './run-histories.ts';
import { fetchRuns } from './run-histories.ts';

/** A worker may look at the wrong server for a while; a server that forgets finished runs keeps them for longer than this. */
const patienceMs = 3_600_000;

/** `open`: its run goes on; `unknown`: no server knows it yet; `changed`: somebody wrote to the dream meanwhile. */
export type Archived = 'archived' | 'missing' | 'open' | 'unknown' | 'changed';

/**
 * Archives every run of a dream that has ended. Nothing of it is written unless the dream stayed as it was meanwhile. It is given up
 * where this process has asked in vain for an hour as well: after a weekend, the first server it finds may be the wrong one.
 */
export async function archiveDream({ database, client, reach }: ArchiverSettings, dream: DueDream, askedSince: number): Promise<Archived> {
  const { workspaceId, id, workflowId, endedAt } = dream;
  const { isDue, version, runIds } = await reading({ database }, workspaceId, (tx) => readArchiveState(tx, id));
  if (!isDue) return 'changed';
  const newest = await findRun(client, workflowId);
  if (newest.state === 'running') return 'open';
  const runs = newest.state === 'unknown' ? [] : await fetchRuns(client, workflowId, newest.runId, runIds);
  const closed = runs.flatMap(isClosed);
  if (closed.length < runs.length) return 'open';
  const isForgotten = newest.state === 'unknown' || (closed.length === 0 && !runIds.has(newest.runId));
  if (isForgotten && Date.now() - Math.max(endedAt.getTime(), askedSince) < patienceMs) return 'unknown';
  const state = isForgotten ? 'missing' : 'archived';
  return await writing({ database, reach }, 'archive.history', workspaceId, async (tx): Promise<Archived> => {
    const unchanged = await lockUnchanged(tx, id, version);
    if (unchanged === undefined) return 'changed';
    const redactedAt = (await findErasedSince(tx, unchanged.createdAt)) === undefined ? null : new Date();
    for (const { run, history } of closed)
      await insertHistory(tx, { workspaceId, dreamId: id, redactedAt }, run, redactedAt === null ? history : withoutWords(history));
    await setHistoryState(tx, id, state);
    return state;
  });
}

type ClosedRun = FetchedRun & { run: { status: NonNullable<FetchedRun['run']['status']> } };

function isClosed({ run, history }: FetchedRun): ClosedRun[] {
  const { status } = run;
  return status === null ? [] : [{ run: { ...run, status }, history }];
}

/**
 * A session was erased after this dream began, and nobody knows any more what its words were. People may have repeated them
 * when they decided, so whatever is a text rather than an id, a hash or a word is left out.
 */
function withoutWords(history: History): History {
  const mark = '[left out: a session was erased before this was archived]';
  return changeHistoryTexts(history, (text) => (isToken(text) ? text : mark)) ?? history;
}
