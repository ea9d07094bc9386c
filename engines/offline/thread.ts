// Runs inside a worker thread: the three questions, answered by plain functions.
import type { Proposal } from '../../domain/proposal.ts';
import type { ExtractQuestion, PatternsQuestion, ReconcileQuestion, WindowFacts } from '../engine.ts';
import { extractWindow } from './extract/extract-facts.ts';
import { minePatterns } from './patterns/mine-patterns.ts';
import { reconcileGroups } from './reconcile/reconcile-group.ts';

/** An exception's message may hold transcript text, so only its name leaves the thread. */
export type Reply<T> = { ok: true; value: T } | { ok: false; errorName: string };

export function extract(question: ExtractQuestion): Reply<WindowFacts[]> {
  return answer(() =>
    question.windows.map((window) => ({ windowSha256: window.sha256, facts: extractWindow(window, question.instructions) })),
  );
}

export function reconcile(question: ReconcileQuestion): Reply<Proposal[]> {
  return answer(() => reconcileGroups(question));
}

export function patterns(question: PatternsQuestion): Reply<Proposal[]> {
  return answer(() => minePatterns(question));
}

function answer<T>(judge: () => T): Reply<T> {
  try {
    return { ok: true, value: judge() };
  } catch (error) {
    return { ok: false, errorName: error instanceof Error ? error.name : 'unknown' };
  }
}
