/** From the first look at a draft to its decision: shown, gone through, decided; shown again if it changed meanwhile. */
import type { Decision } from '../../../domain/decision.ts';
import { isDreamsError } from '../../../domain/errors.ts';
import type { DreamsClient } from '../../dreams-client.ts';
import type { DreamReview } from '../../review-dream.ts';
import { Interrupted } from '../interrupts.ts';
import { minute } from '../render/words.ts';
import type { Terminal } from '../terminal.ts';
import type { Keyboard } from './screen.ts';
import { askOnScreen } from './screen.ts';
import type { ReviewState } from './state.ts';
import { excludedIds, startReview } from './state.ts';
import { userName } from '../user-name.ts';

/** null: whoever looked left without deciding, which has been said. */
export async function runReview(
  client: DreamsClient,
  id: string,
  terminal: Terminal,
  keyboard: Keyboard,
  signal: AbortSignal,
): Promise<Decision | null> {
  let state = startReview(await client.reviewDream(id));
  for (;;) {
    state = await askOnScreen(terminal, keyboard, state, signal);
    if (state.ending === 'interrupt') {
      leave(terminal, state);
      throw signal.aborted ? signal.reason : new Interrupted('SIGINT');
    }
    if (state.ending !== 'approve' && state.ending !== 'reject') {
      leave(terminal, state);
      return null;
    }
    try {
      return await client.decideDream(id, toDecision(state, state.ending));
    } catch (error) {
      if (!isDreamsError(error) || error.code !== 'draft_changed') throw error;
      state = again(state, await client.reviewDream(id));
    }
  }
}

function toDecision(state: ReviewState, verdict: 'approve' | 'reject') {
  const note = state.note.trim();
  const exclude = verdict === 'approve' ? excludedIds(state) : [];
  return {
    verdict,
    digest: state.review.digest,
    by: userName(),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...(note === '' ? {} : { note }),
  };
}

/** What was said about a change holds as long as the change reads the same. */
function again(before: ReviewState, review: DreamReview): ReviewState {
  const reading = new Map(before.review.changes.map((change) => [change.id, JSON.stringify([change.kind, change.before, change.after])]));
  const same = review.changes.filter((change) => reading.get(change.id) === JSON.stringify([change.kind, change.before, change.after]));
  const marks = new Map(
    same.flatMap((change) => {
      const mark = before.marks.get(change.id);
      return mark === undefined ? [] : [[change.id, mark] as const];
    }),
  );
  const message = 'The draft changed meanwhile and nothing was decided. This is the new one; look again.';
  return { ...startReview(review, message, marks), note: before.note };
}

function leave(terminal: Terminal, state: ReviewState): void {
  const { dream_id: id, digest, ends_at: endsAt, on_timeout: onTimeout } = state.review;
  const excluded = excludedIds(state);
  const then = onTimeout === 'commit' ? 'committed' : 'rejected';
  terminal.progress(
    `Nothing was decided. The draft waits until ${minute(endsAt)} UTC, then it is ${then}. Come back with: dreams review ${id}`,
  );
  if (excluded.length > 0)
    terminal.progress(
      `To approve it without what you excluded: dreams approve ${id} --digest ${digest.slice(0, 12)} --exclude ${excluded.join(' ')}`,
    );
}
