import type { CandidateFact } from '../domain/fact.ts';
import type { Transaction } from './database.ts';
import type { DreamRow } from './dreams.ts';
import { readDreamSessions, requireDream } from './dreams.ts';
import { readFacts, readFactsOfSessions } from './facts.ts';
import { findCopier, readOperations } from './operations.ts';
import { readSessions } from './sessions.ts';

export interface EarlierFacts {
  /** Oldest first, numbered before every window of the dream that asks. */
  facts: CandidateFact[];
  /** Oldest first. */
  sessions: { id: string; at: string | null }[];
}

/** What one night more costs stays bounded: beyond this the oldest dreams are forgotten, facts and sessions alike. */
const mostFacts = 20_000;
const mostDreams = 1_000;

/**
 * What earlier dreams read on the way to the store that this dream begins with: a habit that shows once a night shows only over
 * many of them. A session that was read again counts with its last reading; one that this dream reads, or that was erased, is left out.
 */
export async function readEarlierFacts(tx: Transaction, dream: DreamRow): Promise<EarlierFacts> {
  const seen = new Set((await readDreamSessions(tx, dream.id)).map((row) => row.sessionId));
  const nights: { facts: CandidateFact[]; sessionIds: string[] }[] = [];
  let count = 0;
  for (const { id: dreamId } of await readEarlierDreams(tx, dream)) {
    const facts = await readFacts(tx, dreamId);
    count += facts.length;
    if (count > mostFacts) break;
    const sessionIds = (await readDreamSessions(tx, dreamId)).map((row) => row.sessionId).filter((id) => !seen.has(id));
    const fresh = new Set(sessionIds);
    nights.unshift({ sessionIds, facts: facts.filter((fact) => fresh.has(fact.sessionId)) });
    for (const id of sessionIds) seen.add(id);
  }
  const rows = await readSessions(
    tx,
    nights.flatMap((night) => night.sessionIds),
  );
  const standing = [...rows.values()].filter((session) => session.erasedAt === null);
  const at = new Map(standing.map((session) => [session.id, session.createdAt.toISOString()]));
  const sessions = nights.flatMap((night) => night.sessionIds.flatMap((id) => (at.has(id) ? { id, at: at.get(id) ?? null } : [])));
  return { facts: numberedBefore(nights.map((night) => night.facts.filter((fact) => at.has(fact.sessionId)))), sessions };
}

/**
 * What earlier dreams on the way to this store found in the sessions that this dream reads again, where they were asked the same:
 * the same model with the same instructions.
 */
export async function readKnownFacts(tx: Transaction, dream: DreamRow): Promise<CandidateFact[]> {
  const own = (await readDreamSessions(tx, dream.id)).map((row) => row.sessionId);
  const asked = (await readEarlierDreams(tx, dream)).filter(
    (earlier) => earlier.model === dream.model && earlier.instructions === dream.instructions,
  );
  return await readFactsOfSessions(
    tx,
    asked.map((earlier) => earlier.id),
    own,
  );
}

/** Windows are numbered from 0 in each dream; here they run on over the nights and end below 0. */
function numberedBefore(nights: readonly CandidateFact[][]): CandidateFact[] {
  let next = 0;
  const numbered = nights.flatMap((facts) => {
    const first = next;
    next += Math.max(-1, ...facts.map((fact) => fact.windowOrdinal)) + 1;
    return facts.map((fact) => ({ ...fact, windowOrdinal: first + fact.windowOrdinal }));
  });
  return numbered.map((fact) => ({ ...fact, windowOrdinal: fact.windowOrdinal - next }));
}

type Asked = Pick<DreamRow, 'id' | 'model' | 'instructions'>;

/** Dreams whose commit leads to the store as this dream pinned it, newest first; what was undone leads nowhere. */
async function readEarlierDreams(tx: Transaction, dream: DreamRow): Promise<Asked[]> {
  const found: string[] = [];
  let storeId = dream.inputStoreId;
  let revision = dream.baseRevision;
  while (found.length < mostDreams) {
    const upTo = revision;
    const operations = (await readOperations(tx, storeId)).filter((operation) => upTo === null || operation.revision <= upTo);
    const undone = new Set<string>();
    for (const { id, undoesId } of operations) if (undoesId !== null && !undone.has(id)) undone.add(undoesId);
    for (const { id, kind, dreamId } of operations) if (kind === 'dream' && dreamId !== null && !undone.has(id)) found.push(dreamId);
    const copier = await findCopier(tx, storeId);
    if (copier === undefined) break;
    storeId = copier.storeId;
    revision = (await requireDream(tx, copier.dreamId)).baseRevision;
  }
  const asked: Asked[] = [];
  for (const id of found.slice(0, mostDreams)) asked.push(await requireDream(tx, id));
  return asked;
}
