/** What stands in the way of a decision, each as one sentence. */
import type { DecisionRow } from '../db/decisions.ts';
import type { DraftRow } from '../db/drafts.ts';
import type { Change } from '../domain/change.ts';
import type { Verdict } from '../domain/decision.ts';
import { DreamsError } from '../domain/errors.ts';
import { counted } from '../domain/guards/guard.ts';
import type { DraftState } from './draft-state.ts';
import { hasEnded } from './wire/dream.ts';

export interface DecideInput {
  verdict: Verdict;
  /** Of the draft that was looked at, or its first 8 characters or more; without it, the draft that waits. */
  digest?: string;
  /** Ids of changes to leave out; only with `approve`. */
  exclude?: string[];
  by: string;
  note?: string;
}

const leastDigestCharacters = 8;
const namedAtMost = 10;

/** What is wrong whichever dream it is about. */
export function assertDecisionForm({ verdict, digest, exclude = [] }: DecideInput): void {
  if (verdict === 'reject' && exclude.length > 0)
    throw new DreamsError('invalid_input', 'A rejection leaves out every change, so it excludes none.', {
      hint: 'Approve with --exclude to leave out single changes.',
    });
  if (digest !== undefined && (!/^[0-9a-f]+$/i.test(digest) || digest.length < leastDigestCharacters || digest.length > 64))
    throw new DreamsError(
      'invalid_input',
      `${JSON.stringify(digest.slice(0, 80))} is no digest; it has 64 characters 0-9 and a-f, of which the first ${String(leastDigestCharacters)} are enough.`,
      { hint: '"dreams diff" shows the digest of the draft.' },
    );
}

/** The draft that waits. */
export function requireWaiting(state: DraftState, digest: string | undefined): DraftRow {
  const { dream, drafts, decisions, waiting } = state;
  if (waiting !== undefined) return waiting.draft;
  // Somebody who looked at a draft that another one has decided about wants to know that first.
  const about = decisions.find((decision) => digest !== undefined && startsWith(decision.digest, digest)) ?? decisions.at(-1);
  if (about !== undefined) throw alreadyDecided(state, about);
  if (hasEnded(dream))
    throw new DreamsError(
      'dream_closed',
      `The dream ${dream.id} has ended (${dream.outcome ?? dream.status}), so nothing is left to decide.`,
      {
        hint: `See "dreams show ${dream.id}".`,
      },
    );
  if (dream.options.review === 'none')
    throw new DreamsError('invalid_input', `The dream ${dream.id} was asked for without a review, so it commits by itself.`, {
      hint: `Stop it with "dreams cancel ${dream.id}"; take back what it has committed with "dreams undo".`,
    });
  throw new DreamsError(
    'invalid_input',
    `No draft of the dream ${dream.id} waits for a decision yet; it is at ${dream.stage}${drafts.length === 0 ? '' : ` with draft ${String(drafts.length)}`}.`,
    { hint: `Watch it: "dreams watch ${dream.id}".` },
  );
}

function alreadyDecided({ dream }: DraftState, decision: DecisionRow): DreamsError {
  const verdict = decision.verdict === 'approve' ? 'approved' : 'rejected';
  const who = decision.channel === 'timeout' ? 'when the time for a decision ran out' : `by ${JSON.stringify(decision.by)}`;
  const left = decision.excluded.length === 0 ? '' : `, with ${counted(decision.excluded.length, 'change')} left out`;
  const now = hasEnded(dream) ? `the dream has ended (${dream.outcome ?? dream.status})` : `the dream is at ${dream.stage}`;
  return new DreamsError(
    'already_decided',
    `The draft of the dream ${dream.id} was ${verdict} ${who} at ${decision.createdAt.toISOString().slice(0, 19)}Z${left}; ${now}.`,
    {
      hint:
        dream.outcome === 'committed'
          ? `Take it back with "dreams undo"; "dreams diff ${dream.id}" names the operation.`
          : `See "dreams show ${dream.id}".`,
    },
  );
}

/** The whole digest of the draft that waits, if it is the one that was looked at. */
export function chooseDigest({ dream, drafts }: DraftState, waiting: DraftRow, given: string | undefined): string {
  if (given === undefined) return waiting.digest;
  const matching = new Set(drafts.map((draft) => draft.digest).filter((digest) => startsWith(digest, given)));
  if (matching.has(waiting.digest) && matching.size === 1) return waiting.digest;
  const hint = `Look again: "dreams diff ${dream.id}".`;
  if (matching.size > 1)
    throw new DreamsError(
      'invalid_input',
      `The digests of ${counted(matching.size, 'draft')} of the dream ${dream.id} begin with ${given}.`,
      {
        hint: `Give more of it. ${hint}`,
      },
    );
  const [theirs, ours] = shortened(given.toLowerCase(), waiting.digest);
  throw new DreamsError(
    'draft_changed',
    `The draft of the dream ${dream.id} is not the one with the digest ${theirs}; the one that waits has ${ours}. Nothing was decided.`,
    { hint },
  );
}

export function assertKnownChanges(dreamId: string, ids: readonly string[], changes: readonly Change[]): void {
  const known = new Set(changes.map((change) => change.id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) {
    if (known.size > 0 && new Set(ids).size === known.size)
      throw new DreamsError(
        'invalid_input',
        `All ${String(known.size)} changes of the draft are excluded, so nothing is left to approve.`,
        {
          hint: `Reject it: "dreams reject ${dreamId}".`,
        },
      );
    return;
  }
  const more = unknown.length > namedAtMost ? ` and ${String(unknown.length - namedAtMost)} more` : '';
  const named = unknown.slice(0, namedAtMost).map((id) => JSON.stringify(id.slice(0, 80)));
  throw new DreamsError(
    'invalid_input',
    `The draft of the dream ${dreamId} has no change ${named.join(', ')}${more}, so nothing was decided.`,
    { hint: `The ids are in "dreams diff ${dreamId} --json".` },
  );
}

function startsWith(digest: string, beginning: string): boolean {
  return digest.startsWith(beginning.toLowerCase());
}

/** Twelve characters of each, or as many as it takes to tell them apart. */
function shortened(a: string, b: string): [string, string] {
  let length = 12;
  while (length < 64 && a.slice(0, length) === b.slice(0, length)) length += 4;
  return [a.slice(0, length), b.slice(0, length)];
}
