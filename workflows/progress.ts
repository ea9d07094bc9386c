import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { DreamStep } from '../domain/dream.ts';
import type { DreamProgress } from './messages.ts';
import { progressQuery } from './messages.ts';
import { dreamAwaitingReview, dreamStage } from './search-attributes.ts';

/** What the run shows of itself: the query `progress`, the current details in the Web UI, the search attributes of stage and review. */
export class Progress {
  #state: DreamProgress = { stage: 'openDream', done: 0, total: 1, sessions: 0, windows: 0, facts: 0, changes: 0, review: null };
  /** What was asked for and could not be done; a signal has no other answer. */
  readonly #notes: string[] = [];

  constructor() {
    setHandler(progressQuery, () => ({ ...this.#state }), {
      description: 'How far the dream is: stage, packs done and planned, counts so far, and the draft that waits for a decision.',
    });
  }

  get stage(): DreamStep {
    return this.#state.stage;
  }

  enter(stage: DreamStep, total = 1): void {
    this.#state = { ...this.#state, stage, done: 0, total };
    upsertSearchAttributes([{ key: dreamStage, value: stage }]);
    this.#show();
  }

  packDone(counts: Partial<Pick<DreamProgress, 'facts'>> = {}): void {
    this.#state = { ...this.#state, done: this.#state.done + 1, facts: this.#state.facts + (counts.facts ?? 0) };
    this.#show();
  }

  count(counts: Partial<Pick<DreamProgress, 'sessions' | 'windows' | 'changes'>>): void {
    this.#state = { ...this.#state, ...counts };
    this.#show();
  }

  awaits(review: DreamProgress['review']): void {
    this.#state = { ...this.#state, review };
    upsertSearchAttributes([{ key: dreamAwaitingReview, value: review !== null }]);
    this.#show();
  }

  note(sentence: string): void {
    this.#notes.push(sentence);
    this.#show();
  }

  #show(): void {
    const { stage, done, total, sessions, windows, facts, changes, review } = this.#state;
    const lines = [
      '| stage | packs | sessions | windows | facts | changes |',
      '|---|---|---|---|---|---|',
      `| ${stage} | ${String(done)}/${String(total)} | ${String(sessions)} | ${String(windows)} | ${String(facts)} | ${String(changes)} |`,
    ];
    if (review !== null)
      lines.push(
        '',
        `**The draft ${review.draftId} awaits a decision until ${review.endsAt}.** Read it with \`dreams diff\` or \`dreams review\`.`,
        '',
        `Decide with the update \`decide\`: \`{"digest": "${review.digest}", "verdict": "approve", "by": "your name"}\` (or \`"reject"\`; with \`"exclude": ["chg_..."]\` changes are left out),`,
        'or with one of the signals `approveDream` and `rejectDream`: `{"by": "your name"}`.',
      );
    lines.push(...this.#notes.slice(-5).map((note) => `\n${note}`));
    setCurrentDetails(lines.join('\n'));
  }
}
