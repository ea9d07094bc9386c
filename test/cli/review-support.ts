/** A draft under review as the facade answers it, without a database. */
import type { DiffChange } from '../../client/wire/diff.ts';
import type { DreamReview } from '../../client/review-dream.ts';
import { riskiestFirst } from '../../client/wire/change.ts';

let made = 0;

export function aChange(change: Partial<DiffChange> = {}): DiffChange {
  const path = change.path ?? '/notes.md';
  const before = change.before ?? null;
  return {
    id: `chg_${String(++made)}`,
    kind: 'add',
    path,
    before,
    after: 'The API listens on port 4100.',
    reason_code: 'new_fact',
    reason: 'New: 2026-10-01, the user said; the store did not hold it.',
    removed: before === null ? [] : [{ path, text: before }],
    evidence: [
      {
        type: 'event',
        session_id: 'sesn_1',
        session_title: 'Moving the port',
        event_id: 'sevt_1',
        origin: 'user',
        at: '2026-10-01T09:00:00.000Z',
        quote: 'listens on port 4100',
        context: { before: 'By the way, the API ', after: ' since yesterday.' },
      },
    ],
    holds_credential: false,
    ...change,
  };
}

export function aReview(changes: DiffChange[], rest: Partial<DreamReview> = {}): DreamReview {
  return {
    dream_id: 'drm_1',
    status: 'running',
    outcome: null,
    stage: 'awaitReview',
    draft_id: 'drft_1',
    round: 1,
    digest: 'ab'.repeat(32),
    review: 'required',
    ends_at: '2026-11-30T12:00:00.000Z',
    on_timeout: 'reject',
    decisions: [],
    totals: {},
    files: { created: 0, changed: 1, unchanged: 0, deleted: 0 },
    claims: { before: 1, after: 1 },
    guards: [{ guard: 'no-secret', title: 'No secret in the result', ok: true, checked: 3, refused: [], incurable: 0, message: '' }],
    kept_by_cap: 0,
    left_out: [],
    conflicts: [],
    alias: null,
    output_behavior: 'create_new',
    output_store_id: 'memstore_2',
    operation_id: null,
    changed_files: [],
    ...rest,
    changes: riskiestFirst(changes),
  };
}
