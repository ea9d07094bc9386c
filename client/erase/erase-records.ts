/** Takes the words out of what dreams recorded: lines and evidence of drafts, changes, inputs, answers, live sessions. */
import type { Transaction } from '../../db/database.ts';
import {
  deleteAnswers,
  deleteFacts,
  deleteQuotes,
  liveToolUses,
  moveEvidence,
  moveLines,
  recordedAnswers,
  recordedChanges,
  recordedInputs,
  replaceContents,
  setChange,
  setInputClaim,
  setLivePayload,
} from '../../db/erasure.ts';
import type { ErasureReport } from '../../domain/erasure.ts';
import { erasedMark } from '../../domain/erasure.ts';
import type { EditedText } from '../../domain/erasure/edit-text.ts';
import type { BodyErasure } from '../../domain/erasure/erased-bodies.ts';
import { eraseFromChange, eraseFromClaim } from '../../domain/erasure/erased-bodies.ts';
import { textsIn } from '../../domain/erasure/sentences.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { eraseHistories } from './erase-histories.ts';
import type { HeldTexts } from './held-texts.ts';
import type { KnownLines } from './known-lines.ts';
import { lineKey } from './known-lines.ts';
import type { ErasurePlan } from './plan-erasure.ts';
import type { SessionWords } from './session-words.ts';

export interface RecordsErasure {
  workspaceId: string;
  sessionId: string;
  held: HeldTexts;
  known: KnownLines;
  words: SessionWords;
  plan: ErasurePlan;
}

export type RecordCounts = Pick<
  ErasureReport,
  'facts' | 'proposals' | 'answers' | 'quotes' | 'changes' | 'versions' | 'drafts' | 'histories'
>;

/** With the counts the drafts whose files it wrote anew. */
export async function eraseRecords(tx: Transaction, erasure: RecordsErasure): Promise<{ counts: RecordCounts; draftIds: string[] }> {
  const { workspaceId, sessionId, held, plan } = erasure;
  const inLines = await deleteQuotes(tx, sessionId);
  await moveRecordedLines(tx, erasure);
  const bodies = bodyErasure(sessionId, held, plan);
  const erasedInputs = await eraseInputs(tx, erasure, bodies);
  const changes = await eraseChanges(tx, erasure, bodies, erasedInputs);
  const answers = await eraseAnswers(tx, erasure, new Set([...erasedInputs.values()].flatMap((ids) => [...ids])));
  const { facts, proposals } = await deleteFacts(tx, sessionId, erasedInputs);
  await eraseLiveSessions(tx, plan);
  const texts = [...plan.edited].map(([sha256, { content }]) => ({ sha256, content }));
  const { versions, draftIds } = await replaceContents(tx, workspaceId, texts);
  const histories = await eraseHistories(tx, plan.carries, erasedMark(sessionId));
  const quotes = inLines + changes.quotes;
  const counts = { facts, proposals, answers, quotes, changes: changes.changes, versions, drafts: draftIds.length, histories };
  return { counts, draftIds };
}

async function moveRecordedLines(tx: Transaction, { sessionId, held, known, plan }: RecordsErasure): Promise<void> {
  await moveLines(
    tx,
    known.recorded.flatMap(({ line, sha256 }) => {
      const text = plan.edited.get(sha256);
      return text === undefined ? [] : [{ draftId: line.draftId, id: line.id, range: text.place(line) }];
    }),
  );
  await moveEvidence(
    tx,
    known.evidence.flatMap((row) => {
      if (row.memoryVersionId === null || row.sessionId === sessionId) return [];
      const text = plan.edited.get(held.versions.get(row.memoryVersionId)?.sha256 ?? '');
      return text === undefined ? [] : [{ draftId: row.draftId, id: row.claimId, ordinal: row.ordinal, range: text.place(row) }];
    }),
  );
}

function bodyErasure(sessionId: string, held: HeldTexts, plan: ErasurePlan): BodyErasure {
  const edited = new Map<string, EditedText>();
  for (const version of held.versions.values()) {
    const text = plan.edited.get(version.sha256);
    if (text !== undefined) edited.set(version.id, text);
  }
  return { sessionId, mark: erasedMark(sessionId), edited, carries: plan.repeats };
}

/** Answers the input lines that are gone or say something else now, by dream. */
async function eraseInputs(tx: Transaction, { held, plan }: RecordsErasure, bodies: BodyErasure): Promise<Map<string, Set<string>>> {
  const erased = new Map<string, Set<string>>();
  for await (const page of recordedInputs(tx)) {
    for (const { dreamId, body } of page) {
      const sha256 = held.versions.get(body.memoryVersionId)?.sha256 ?? '';
      const verdict = plan.verdicts.get(lineKey(sha256, body.start, body.end));
      if (verdict !== undefined && verdict.kind !== 'stays') erased.set(dreamId, (erased.get(dreamId) ?? new Set()).add(body.id));
      const next = verdict?.kind === 'gone' ? null : eraseFromClaim(body, bodies, verdict?.kind === 'reworded' ? verdict.statement : null);
      if (next !== body) await setInputClaim(tx, dreamId, body.id, next);
    }
  }
  return erased;
}

async function eraseChanges(
  tx: Transaction,
  { known, plan }: RecordsErasure,
  bodies: BodyErasure,
  erasedInputs: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<{ changes: number; quotes: number }> {
  const lineOf = new Map(known.recorded.map(({ line, key }) => [`${line.draftId} ${line.id}`, key]));
  const count = { changes: 0, quotes: 0 };
  for await (const page of recordedChanges(tx)) {
    for (const { draftId, dreamId, id, body } of page) {
      const fate = plan.verdicts.get(lineOf.get(`${draftId} ${body.claimId ?? ''}`) ?? '');
      const { change, quotes } = eraseFromChange(body, bodies, fate, (claimId) => erasedInputs.get(dreamId)?.has(claimId) === true);
      if (change === body) continue;
      await setChange(tx, { draftId, id, body: change });
      count.quotes += quotes;
      if (change.reason !== body.reason) count.changes += 1;
    }
  }
  return count;
}

/** One answer too many only costs asking again. */
async function eraseAnswers(tx: Transaction, { sessionId, words, plan }: RecordsErasure, claimIds: ReadonlySet<string>): Promise<number> {
  const gone: string[] = [];
  const concerns = (text: string) => text === sessionId || words.factIds.has(text) || claimIds.has(text) || plan.repeats(text);
  for await (const page of recordedAnswers(tx))
    for (const { requestSha256, response } of page) if ([...textsIn(response)].some(concerns)) gone.push(requestSha256);
  await deleteAnswers(tx, gone);
  return gone.length;
}

/** A live session shows the memories that its dream wrote, whole; it shows them as they read now. */
async function eraseLiveSessions(tx: Transaction, plan: ErasurePlan): Promise<void> {
  if (plan.edited.size === 0) return;
  for await (const page of liveToolUses(tx)) {
    for (const event of page) {
      const input = event.payload['input'] as { content?: unknown } | undefined;
      if (typeof input?.content !== 'string') continue;
      const text = plan.edited.get(sha256Hex(input.content));
      if (text !== undefined)
        await setLivePayload(tx, { ...event, payload: { ...event.payload, input: { ...input, content: text.content } } });
    }
  }
}
