/** What follows a decision: the dream's end, what it has committed and how to take that back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Decision } from '../../../domain/decision.ts';
import type { DreamDiff } from '../../wire/diff.ts';
import type { DreamsClient } from '../../dreams-client.ts';
import type { WireDream } from '../../wire/dream.ts';
import { hasEnded } from '../../wire/dream.ts';
import { exitCodes } from '../exit-codes.ts';
import { exitCodeOfDream } from '../follow-dream.ts';
import { Interrupted } from '../interrupts.ts';
import { countsLine } from '../render/diff-change.ts';
import { renderDream } from '../render/dream.ts';
import { counted } from '../render/words.ts';
import type { Terminal } from '../terminal.ts';

export interface Decided {
  decision: Decision;
  dream: WireDream;
  diff: DreamDiff;
}

const everyMs = 300;

/** Waits for the dream's end, or for a new draft that waits because others changed what this one would have. */
export async function awaitEnd(
  client: DreamsClient,
  id: string,
  decision: Decision,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Decided> {
  try {
    for (;;) {
      const dream = await client.getDream(id);
      if (hasEnded(dream)) return { decision, dream, diff: await client.diffDream(id) };
      const diff = await client.diffDream(id);
      if (diff.ends_at !== null && diff.draft_id !== decision.draftId) return { decision, dream, diff };
      await sleep(everyMs, undefined, { signal });
    }
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (reason instanceof Interrupted) terminal.progress(`The decision stands; the dream goes on. See "dreams watch ${id}".`);
    throw reason;
  }
}

/** What a script learns: a rejection that took place is a success, an approval is one with the commit. */
export function exitCodeOfDecided({ decision, dream }: Decided): number {
  if (!hasEnded(dream)) return exitCodes.conflict;
  return decision.verdict === 'reject' && dream.open_dreams.outcome === 'rejected' ? exitCodes.done : exitCodeOfDream(dream);
}

export function renderDecided({ decision, dream, diff }: Decided): string {
  return [renderDream(dream), '', ...consequence(decision, diff)].join('\n');
}

function consequence(decision: Decision, diff: DreamDiff): string[] {
  const { dream_id: id, outcome } = diff;
  if (outcome === 'committed')
    return [
      `Committed to ${diff.output_store_id ?? 'its store'}: ${countsLine(diff.totals)}${leftOut(decision)}.`,
      // What a person chose to keep is said once more: a credential stands in the new store.
      ...diff.guards.filter((line) => line.guard === 'no-secret' && line.message !== '').map((line) => `Mind: ${line.message}`),
      ...(diff.operation_id === null ? [] : [`Take it back with: dreams undo ${diff.operation_id}`]),
      ...(diff.alias === null ? [] : [`The alias ${diff.alias} points there now; move it back with: dreams rollback ${diff.alias}`]),
    ];
  if (decision.verdict === 'reject') return ['Rejected: no memory was changed.'];
  if (outcome !== null) return [`Approved, but the dream ended as ${outcome}; no memory was changed. See: dreams show ${id}`];
  if (diff.ends_at !== null && diff.draft_id !== decision.draftId)
    return [
      `Approved, but not committed: others changed ${counted(diff.conflicts.length, 'file')} that the draft touches. A new draft without those changes waits for a decision.`,
      `Look at it with: dreams review ${id}, or dreams diff ${id}`,
    ];
  return [`Approved${leftOut(decision)}. Follow the commit with: dreams watch ${id}`];
}

function leftOut({ excluded }: Decision): string {
  return excluded.length === 0 ? '' : `, ${counted(excluded.length, 'change')} left out as asked`;
}
