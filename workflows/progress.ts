import { setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { DreamStep } from '../domain/dream.ts';
import type { DreamProgress } from './messages.ts';
import { progressQuery } from './messages.ts';
import { dreamStage } from './search-attributes.ts';

/** What the run shows of itself: the query `progress`, the current details in the Web UI, the search attribute of the stage. */
export class Progress {
  #state: DreamProgress = { stage: 'openDream', done: 0, total: 1, sessions: 0, windows: 0, facts: 0, changes: 0 };

  constructor() {
    setHandler(progressQuery, () => ({ ...this.#state }), {
      description: 'How far the dream is: stage, packs done and planned, counts so far.',
    });
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

  #show(): void {
    const { stage, done, total, sessions, windows, facts, changes } = this.#state;
    setCurrentDetails(
      [
        '| stage | packs | sessions | windows | facts | changes |',
        '|---|---|---|---|---|---|',
        `| ${stage} | ${String(done)}/${String(total)} | ${String(sessions)} | ${String(windows)} | ${String(facts)} | ${String(changes)} |`,
      ].join('\n'),
    );
  }
}
