/** Erases a session: its events, whatever was recorded of its words, and the lines of memories that only it supports. */
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import { draftsWithMark, eraseSessionRow, findErasure, insertErasure, liveSessionIds, lockDreamsFor, lockStores } from '../db/erasure.ts';
import { readArrival } from '../db/erasure-sources.ts';
import type { SessionRow } from '../db/sessions.ts';
import { lockSession, requireSession } from '../db/sessions.ts';
import type { ErasureReport } from '../domain/erasure.ts';
import { erasedMark } from '../domain/erasure.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Author } from './author.ts';
import { checkAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { InTheWay } from './erase/end-readers.ts';
import { endReaders, refuse, tellReaders } from './erase/end-readers.ts';
import { eraseRecords } from './erase/erase-records.ts';
import { readHeldTexts } from './erase/held-texts.ts';
import type { HeldTexts } from './erase/held-texts.ts';
import { readKnownLines } from './erase/known-lines.ts';
import { planErasure } from './erase/plan-erasure.ts';
import type { ErasurePlan } from './erase/plan-erasure.ts';
import { reportLines } from './erase/report-lines.ts';
import { rewriteHeads } from './erase/rewrite-heads.ts';
import { readRewrittenDrafts } from './erase/rewritten-drafts.ts';
import { readSessionWords } from './erase/session-words.ts';
import { sweepWorkspace } from './erase/sweep-workspace.ts';

export interface EraseOptions extends Author {
  /** Open dreams that read it fail, instead of keeping it. */
  now?: boolean | undefined;
}

export interface ErasedSession {
  session_id: string;
  erased_at: string;
  by: string;
  note: string | null;
  report: ErasureReport;
  /** Failed dreams whose runs could not be told; they notice at their next write. */
  untold: string[];
}

/** One transaction: either nothing is left that the rules and the search know of, or nothing has changed. */
export async function eraseSession(context: Context, id: string, options: EraseOptions): Promise<ErasedSession> {
  const { by, note } = checkAuthor(options);
  const now = options.now === true;
  const { report, erasedAt, ended } = await withWorkspace(context.database, context.workspaceId, (tx) =>
    erase(context, tx, { id, by, note, now }),
  );
  const untold = await tellReaders(context, ended, by);
  return { session_id: id, erased_at: erasedAt.toISOString(), by, note, report, untold };
}

async function erase(
  context: Context,
  tx: Transaction,
  { id, by, note, now }: { id: string; by: string; note: string | null; now: boolean },
) {
  const { workspaceId } = context;
  await assertErasable(tx, await requireSession(tx, id));
  // Dreams before the session, as their steps lock them; then once more, for one that was asked for in between.
  await lockDreamsFor(tx, id);
  const session = await lockSession(tx, id);
  await assertErasable(tx, session);
  const dreams = (await lockDreamsFor(tx, id)).filter((dream) => dream.isOpen);
  const readers = dreams.filter((dream) => dream.reads);
  if (readers.length > 0 && !now) refuse(id, readers);
  await lockStores(tx);

  const held = await readHeldTexts(tx, await readArrival(tx, id));
  const known = await readKnownLines(tx, id, held);
  const own = [...known.lines.values()].filter((line) => line.support.some((item) => item.kind === 'erased'));
  const words = await readSessionWords(tx, {
    sessionId: id,
    title: session.title,
    independent: [...held.independent],
    texts: own.map((line) => line.statement),
    events: new Set(own.flatMap((line) => line.others.map((place) => place.eventId))),
  });
  const plan = planErasure(held, known, words);
  if (note !== null && plan.carries(note))
    throw new DreamsError('invalid_input', 'The note repeats words of the session that is to be erased; nothing was erased.', {
      hint: 'Say why in other words.',
    });
  const inTheWay: InTheWay[] = [];
  for (const dream of dreams)
    if (dream.reads || (await readsConcerned(tx, dream.id, held, plan)))
      inTheWay.push({ id: dream.id, workflowId: dream.workflowId, reads: dream.reads });
  if (inTheWay.length > 0 && !now) refuse(id, inTheWay);
  await endReaders(tx, id, inTheWay);

  const { gone, stayed, emptied, stores } = await reportLines(tx, held, known, plan);
  const { counts, draftIds } = await eraseRecords(tx, { workspaceId, sessionId: id, held, known, words, plan });
  const edited = new Set([...held.versions.values()].filter((version) => plan.edited.has(version.sha256)).map((version) => version.id));
  const operations: ErasureReport['operations'] = [];
  for (const storeId of stores)
    operations.push({ storeId, operationId: await rewriteHeads(context, tx, { sessionId: id, storeId, by, note, edited }) });
  const events = await eraseSessionRow(tx, id);
  const paths = new Set([...held.versions.values(), ...held.files].map((file) => file.path));
  const sources = { contents: held.independent, liveSessions: await liveSessionIds(tx), paths };
  const names = await sweepWorkspace(tx, sources, plan.carries, erasedMark(id));
  const report: ErasureReport = {
    events,
    ...counts,
    rewrittenDrafts: await readRewrittenDrafts(tx, [...draftIds, ...(await draftsWithMark(tx, erasedMark(id)))]),
    gone,
    stayed,
    emptied,
    names,
    operations,
    failedDreams: inTheWay.map((dream) => dream.id),
  };
  const erasedAt = await insertErasure(tx, { workspaceId, sessionId: id, by, note, report });
  return { report, erasedAt, ended: inTheWay };
}

async function assertErasable(tx: Transaction, session: SessionRow): Promise<void> {
  const { id, erasedAt, sourceKind, sourceId } = session;
  if (sourceKind === 'dream')
    throw new DreamsError(
      'invalid_input',
      `The session ${id} is the live session of the dream ${sourceId}, which only shows what that dream did; it is not erased by itself.`,
      {
        hint: 'Erase the transcripts that the dream read: their words go from its live session too.',
      },
    );
  if (erasedAt === null) return;
  const erasure = await findErasure(tx, id);
  throw new DreamsError(
    'session_not_found',
    `The session ${id} was erased already, on ${erasedAt.toISOString().slice(0, 10)}${erasure === undefined ? '' : ` by ${erasure.by}`}.`,
    {
      hint: `"dreams show ${id}" says what went with it.`,
    },
  );
}

/** What it has pinned or staged would not be there any more, or bring the words back. */
async function readsConcerned(tx: Transaction, dreamId: string, held: HeldTexts, plan: ErasurePlan): Promise<boolean> {
  const pinned = await readPinnedMemories(tx, dreamId);
  const staged = held.files.filter((file) => file.dreamId === dreamId);
  return [...pinned, ...staged].some((file) => plan.concerned.has(file.sha256));
}
