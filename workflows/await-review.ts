import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  condition,
  currentUpdateInfo,
  log,
  setHandler,
} from '@temporalio/workflow';
import type { Decision, DecisionChannel, DecisionRequest, Verdict } from '../domain/decision.ts';
import { maxByCharacters, maxNoteCharacters, verdicts } from '../domain/decision.ts';
import { counted } from '../domain/guards/guard.ts';
import type { ApproveRequest, DreamInput, RejectRequest } from './messages.ts';
import { approveDreamSignal, decideUpdate, rejectDreamSignal } from './messages.ts';
import type { Progress } from './progress.ts';
import type { Steps } from './steps.ts';

interface Waiting {
  draftId: string;
  digest: string;
  changes: number;
}

/** The gate before the commit: one draft at a time waits here for its decision, or for its time to run out. */
export class ReviewGate {
  readonly #input: DreamInput;
  readonly #steps: Steps;
  readonly #progress: Progress;
  #waiting: Waiting | null = null;
  #decision: Decision | undefined;
  #signals = 0;

  constructor(input: DreamInput, steps: Steps, progress: Progress) {
    this.#input = input;
    this.#steps = steps;
    this.#progress = progress;
    setHandler(decideUpdate, (request) => this.#decide(request), {
      validator: (request) => this.#assertDecidable(request),
      description:
        'Approves or rejects the draft that waits: {"digest": "...", "verdict": "approve" or "reject", "by": "your name"}; also "exclude": ["chg_..."] and "note". The query progress and the details show the digest.',
    });
    setHandler(approveDreamSignal, (request) => this.#signaled('approve', request), {
      description: 'Approves the draft that waits: {"by": "your name"}; also "digest" and "note". A signal has no answer: see the details.',
    });
    setHandler(rejectDreamSignal, (request) => this.#signaled('reject', request), {
      description: 'Rejects the draft that waits: {"by": "your name"}; also "note". The stores stay as they are.',
    });
  }

  /** The decision about this draft: of the first who decides, else of the clock. */
  async decision(draft: Waiting): Promise<Decision> {
    const { draftId } = draft;
    const summary = `put ${counted(draft.changes, 'change')} before a reviewer`;
    const opened = await this.#steps.awaitReview.executeWithOptions({ summary }, [{ ...this.#input, draftId }]);
    // The run was reset, or lost and started again: what was decided stands, and another decision could only be refused.
    if (opened.decision !== undefined) return opened.decision;
    const { endsAt, onTimeout } = opened;
    // A reset may bring the run back here long after the step answered; the reviewer's time ends when it was said to end.
    const timeoutMs = Math.max(1, Math.min(opened.timeoutMs, Date.parse(endsAt) - Date.now()));
    this.#decision = undefined;
    this.#waiting = draft;
    this.#progress.awaits({ draftId, digest: draft.digest, endsAt });
    try {
      if (!(await condition(() => this.#decision !== undefined, timeoutMs))) {
        const verdict = onTimeout === 'commit' ? 'approve' : 'reject';
        return await this.#record(draft, { digest: draft.digest, verdict, by: 'open-dreams' }, 'timeout', 'timeout');
      }
      if (this.#decision === undefined) throw new Error('unreachable');
      return this.#decision;
    } finally {
      this.#waiting = null;
      this.#progress.awaits(null);
    }
  }

  async #decide(request: DecisionRequest): Promise<Decision> {
    if (this.#waiting === null) throw refusal('draft_changed', 'No draft awaits a decision any more.');
    return await this.#record(this.#waiting, request, 'update', currentUpdateInfo()?.id ?? '');
  }

  /** A signal cannot be refused: what cannot be taken is written where an operator sees it, and changes nothing. */
  async #signaled(verdict: Verdict, sent: ApproveRequest | RejectRequest | undefined): Promise<void> {
    const request: Partial<ApproveRequest> = sent ?? {};
    const number = ++this.#signals;
    try {
      const waiting = this.#waiting;
      const digest = request.digest ?? waiting?.digest ?? '';
      const full = { ...request, verdict, digest } as DecisionRequest;
      this.#assertDecidable(full);
      if (waiting !== null) await this.#record(waiting, full, 'signal', `signal ${String(number)}`);
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      this.#progress.note(`The signal ${verdict === 'approve' ? 'approveDream' : 'rejectDream'} was not taken: ${error.message}`);
      log.warn('a signal was not taken', { verdict, code: error.type });
    }
  }

  #assertDecidable(request: DecisionRequest): void {
    const waiting = this.#waiting;
    if (waiting === null) throw refusal('draft_changed', `No draft awaits a decision; the dream is at ${this.#progress.stage}.`);
    if (this.#decision !== undefined) throw refusal('already_decided', `The draft was decided already, by ${this.#decision.by}.`);
    assertForm(request);
    if (request.digest !== waiting.digest)
      throw refusal('draft_changed', `The digest is not that of the draft ${waiting.draftId}, which is ${waiting.digest}.`);
  }

  /** The database has the last word: of two decisions under way at once the first one's row stands. */
  async #record(draft: Waiting, request: DecisionRequest, channel: DecisionChannel, name: string): Promise<Decision> {
    const { verdict, digest, by, exclude = [], note } = request;
    try {
      const asked = { draftId: draft.draftId, digest, verdict, exclude, by, note: note ?? null, channel, request: name };
      const record = () =>
        this.#steps.recordDecision.executeWithOptions({ summary: `record: ${verdict} by ${channel}` }, [{ ...this.#input, ...asked }]);
      // Whoever decided in the moment of a cancel still gets an answer; the dream's row says which came first.
      const { tooLate, ...decision } = await CancellationScope.nonCancellable(record);
      if (this.#waiting === draft) this.#decision ??= decision;
      if (tooLate === true) throw refusal('already_decided', `The draft ${draft.draftId} was decided already, by ${decision.by}.`);
      return decision;
    } catch (error) {
      // For whoever asked; the run goes on waiting.
      if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && channel !== 'timeout')
        throw refusal(error.cause.type ?? 'internal_error', error.cause.message);
      throw error;
    }
  }
}

function refusal(code: string, message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, code);
}

/** As everywhere: code points. */
function characters(text: string): number {
  return Array.from(text).length;
}

/** An operator types these by hand into the Web UI. */
function assertForm(request: DecisionRequest): void {
  const { verdict, by, note, exclude, digest } = ((request as DecisionRequest | undefined) ?? {}) as Partial<
    Record<keyof DecisionRequest, unknown>
  >;
  if (!verdicts.some((known) => known === verdict)) throw refusal('invalid_input', 'The verdict is "approve" or "reject".');
  if (typeof digest !== 'string') throw refusal('invalid_input', 'A decision names the digest of the draft that was looked at.');
  if (typeof by !== 'string' || by.trim() === '' || characters(by) > maxByCharacters)
    throw refusal('invalid_input', `A decision says by whom, in 1 to ${String(maxByCharacters)} characters.`);
  if (note !== undefined && note !== null && (typeof note !== 'string' || characters(note) > maxNoteCharacters))
    throw refusal('invalid_input', `A note is a text of at most ${String(maxNoteCharacters)} characters.`);
  if (exclude === undefined) return;
  if (!Array.isArray(exclude) || !exclude.every((id) => typeof id === 'string'))
    throw refusal('invalid_input', 'What is excluded is a list of change ids.');
  if (verdict === 'reject' && exclude.length > 0)
    throw refusal('invalid_input', 'A reject leaves out everything; single changes are left out of an approval.');
}
