import { ApplicationFailure } from '@temporalio/workflow';
import type { DreamOptions } from '../domain/dream.ts';

/** The gate before the commit. With `review: none`, the only setting so far, it stands open. */
export function awaitReview(review: DreamOptions['review']): void {
  if (review === 'none') return;
  const unknown: never = review;
  throw ApplicationFailure.nonRetryable(`There is no review setting "${String(unknown)}".`, 'invalid_input');
}
