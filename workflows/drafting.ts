import { ApplicationFailure } from '@temporalio/workflow';
import type { StagedDraft } from '../activities/stage-draft.ts';
import type { DreamInput } from './messages.ts';
import type { Progress } from './progress.ts';
import type { Steps } from './steps.ts';

/** A guard may refuse changes; after this many drafts the dream fails and says which guard. */
const maxRounds = 3;

/** Stages drafts and has the guards check them, round by round; what they refuse is left out of the next one. */
export class Drafting {
  readonly #input: DreamInput;
  readonly #steps: Steps;
  readonly #progress: Progress;
  #round = 0;
  #refused: string[] = [];

  constructor(input: DreamInput, steps: Steps, progress: Progress) {
    this.#input = input;
    this.#steps = steps;
    this.#progress = progress;
  }

  /** The next draft that passes the guards; with `from` out of that one, without the changes that were excluded or are in conflict. */
  async next(from?: { draftId: string; exclude: string[] }): Promise<StagedDraft> {
    for (let tries = 1; ; tries++) {
      const round = ++this.#round;
      this.#progress.enter('stageDraft');
      const summary = `stage draft ${String(round)}, ${String(this.#refused.length + (from?.exclude.length ?? 0))} changes left out`;
      const draft = await this.#steps.stageDraft.executeWithOptions({ summary }, [
        { ...this.#input, round, refused: this.#refused, ...(from === undefined ? {} : { from }) },
      ]);
      this.#progress.count({ changes: draft.changes });

      this.#progress.enter('checkDraft');
      const check = await this.#steps.checkDraft.executeWithOptions({ summary: `check draft ${String(round)}` }, [
        { ...this.#input, draftId: draft.draftId },
      ]);
      if (check.ok) return draft;
      if (check.unmendable || tries === maxRounds) {
        throw ApplicationFailure.create({
          type: 'verification_failed',
          nonRetryable: true,
          message: `After ${String(tries)} drafts the guards still refuse: ${check.guards.join(', ')}.`,
        });
      }
      this.#refused = [...this.#refused, ...check.refused];
    }
  }
}
