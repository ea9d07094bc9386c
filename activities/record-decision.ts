import type { Transaction } from '../db/database.ts';
import type { DecisionRow } from '../db/decisions.ts';
import { findDecision, insertDecision } from '../db/decisions.ts';
import { newestDraft, readChanges } from '../db/drafts.ts';
import { endDream, lockDream } from '../db/dreams.ts';
import type { Decision, DecisionChannel, Verdict } from '../domain/decision.ts';
import { DreamsError } from '../domain/errors.ts';
import { counted } from '../domain/guards/guard.ts';
import type { DreamInput } from '../workflows/messages.ts';
import type { Dependencies } from './dependencies.ts';
import { writing } from './effect.ts';
import { appendLive, stepMessage } from './live-session.ts';
import { lockForStep } from './lock-for-step.ts';
import { toDecision } from './standing-decision.ts';

export interface DecisionToRecord {
  draftId: string;
  digest: string;
  verdict: Verdict;
  exclude: string[];
  by: string;
  note: string | null;
  channel: DecisionChannel;
  /** Names the request: the same one twice is a repeated step, another one comes too late. */
  request: string;
}

/** What stands after a request; `tooLate` where somebody else's decision stood before it. */
export type RecordedDecision = Decision & { tooLate?: true };

/**
 * The first decision about a draft stands; a reject ends the dream's row in the same transaction. Where the time ran out in
 * the moment in which somebody answered, the answer stands.
 */
export function recordDecision(dependencies: Dependencies) {
  return async ({ workspaceId, dreamId, ...asked }: DreamInput & DecisionToRecord): Promise<RecordedDecision> =>
    await writing(dependencies, 'recordDecision.record', workspaceId, async (tx) => {
      await lockDream(tx, dreamId);
      const standing = await findDecision(tx, asked.draftId);
      if (standing !== undefined && (standing.request === asked.request || asked.channel === 'timeout')) return toDecision(standing);
      // An answer, not a failure: a run that was reset may not know of the decision, and can go on with it.
      if (standing !== undefined) return { ...toDecision(standing), tooLate: true };
      const dream = await lockForStep(tx, dreamId);
      await assertDecidable(tx, dreamId, asked);
      const { exclude, ...rest } = asked;
      const row = await insertDecision(tx, { workspaceId, dreamId, ...rest, excluded: [...new Set(exclude)] });
      if (row.verdict === 'reject')
        await endDream(tx, dreamId, { status: 'canceled', outcome: row.channel === 'timeout' ? 'expired' : 'rejected', error: null });
      await appendLive(tx, dream, [stepMessage(dreamId, 'awaitReview', words(row), `decided ${row.draftId}`)]);
      return toDecision(row);
    });
}

async function assertDecidable(tx: Transaction, dreamId: string, { draftId, digest, verdict, exclude }: DecisionToRecord): Promise<void> {
  const draft = await newestDraft(tx, dreamId);
  if (draft?.id !== draftId || draft.digest !== digest)
    throw new DreamsError('draft_changed', `The draft ${draftId} is not the newest of dream ${dreamId} any more.`);
  if (verdict === 'reject' && exclude.length > 0)
    throw new DreamsError('invalid_input', 'A reject leaves out everything; single changes are left out of an approval.');
  const known = new Set((await readChanges(tx, draftId)).map((change) => change.id));
  const unknown = exclude.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new DreamsError('unknown_change', `The draft ${draftId} has no change ${unknown.join(', ')}.`);
  if (known.size > 0 && new Set(exclude).size === known.size)
    throw new DreamsError(
      'invalid_input',
      `Every change of the draft ${draftId} is excluded, so nothing is left to approve; a reject says that.`,
    );
}

function words({ verdict, channel, by, excluded }: DecisionRow): string {
  if (channel === 'timeout') return `nobody decided in time; ${verdict === 'approve' ? 'committed' : 'rejected'} as asked`;
  if (verdict === 'reject') return `rejected by ${by}`;
  return `approved by ${by}${excluded.length === 0 ? '' : `, ${counted(excluded.length, 'change')} left out`}`;
}
