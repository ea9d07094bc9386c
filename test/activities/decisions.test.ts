import { describe, expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { findDecision } from '../../db/decisions.ts';
import { readChanges } from '../../db/drafts.ts';
import { endDream, requireDream } from '../../db/dreams.ts';
import type { DreamOptions } from '../../domain/dream.ts';
import type { RunStep } from '../support/run-steps.ts';
import { runToDraft, useSteps } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const used = useSteps();
const run: RunStep = (name, argument) => used.run(name, argument);

/** A dream whose first draft waits for its decision. */
async function waitingDraft(options: Partial<DreamOptions> = {}) {
  const storeId = await seedStore(used.fresh.database, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n' });
  const sessionIds = [
    await seedSession(used.fresh.database, '2026-10-01T09:00:00Z', [
      user('The API listens on port 4100 now.'),
      user('Always use pnpm, never npm.'),
    ]),
  ];
  const dreamId = await seedDream(used.fresh.database, { storeId, sessionIds, options: { review: 'required', ...options } });
  const input = { workspaceId, dreamId };
  const draft = await runToDraft(run, dreamId);
  await run('awaitReview', { ...input, draftId: draft.draftId });
  const changes = await withWorkspace(used.fresh.database, workspaceId, (tx) => readChanges(tx, draft.draftId));
  const decision = {
    ...input,
    draftId: draft.draftId,
    digest: draft.digest,
    verdict: 'approve' as const,
    exclude: [],
    by: 'ada',
    note: null,
    channel: 'update' as const,
    request: 'r1',
  };
  return { input, draft, decision, changeIds: changes.map((change) => change.id) };
}

const dreamOf = (dreamId: string) => withWorkspace(used.fresh.database, workspaceId, (tx) => requireDream(tx, dreamId));
const decisionOf = (draftId: string) => withWorkspace(used.fresh.database, workspaceId, (tx) => findDecision(tx, draftId));

describe('a draft before a reviewer', () => {
  it('has one end of its time, however often the step runs', async () => {
    const { input, draft } = await waitingDraft({ reviewTimeout: 3_600, onTimeout: 'commit' });
    const again = await run('awaitReview', { ...input, draftId: draft.draftId });
    const oncemore = await run('awaitReview', { ...input, draftId: draft.draftId });
    expect(again.endsAt).toBe(oncemore.endsAt);
    expect(again.timeoutMs).toBeGreaterThan(3_500_000);
    expect(again.timeoutMs).toBeLessThanOrEqual(3_600_000);
    expect(again.onTimeout).toBe('commit');
    expect(await dreamOf(input.dreamId)).toMatchObject({ stage: 'awaitReview', status: 'running' });
  });

  it('is decided once: the same request again gets the same answer, another one the answer that it came too late', async () => {
    const { decision, changeIds } = await waitingDraft();
    expect(changeIds.length).toBeGreaterThan(1);
    const exclude = changeIds.slice(1);
    const first = await run('recordDecision', { ...decision, exclude, note: 'but for these' });
    expect(first).toMatchObject({ verdict: 'approve', excluded: exclude, by: 'ada', note: 'but for these', channel: 'update' });
    expect(await run('recordDecision', { ...decision, exclude, note: 'but for these' })).toEqual(first);
    expect(await run('recordDecision', { ...decision, by: 'bob', request: 'r2' })).toEqual({ ...first, tooLate: true });
    // Where the time runs out at the same moment, the person's answer stands.
    expect(
      await run('recordDecision', { ...decision, verdict: 'reject', by: 'open-dreams', channel: 'timeout', request: 'timeout' }),
    ).toEqual(first);
  });

  it('takes the first of two who decide at the same moment', async () => {
    const { decision } = await waitingDraft();
    const answers = await Promise.all([
      run('recordDecision', { ...decision, by: 'ada', request: 'a' }),
      run('recordDecision', { ...decision, by: 'bob', verdict: 'reject', request: 'b' }),
    ]);
    expect(answers.map(({ tooLate }) => tooLate ?? false).sort()).toEqual([false, true]);
    const [first, second] = answers;
    expect(first.by).toBe(second.by);
    expect(await decisionOf(decision.draftId)).toMatchObject({ by: first.by });
  });

  it('refuses unknown changes, a digest that is not the draft’s, and exclusions of a reject; nothing is written', async () => {
    const { decision, changeIds } = await waitingDraft();
    await expect(run('recordDecision', { ...decision, exclude: [...changeIds, 'chg_nobody'] })).rejects.toMatchObject({
      code: 'unknown_change',
      message: expect.stringContaining('chg_nobody'),
    });
    await expect(run('recordDecision', { ...decision, exclude: changeIds })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('nothing is left to approve') as string,
    });
    await expect(run('recordDecision', { ...decision, digest: '0'.repeat(64) })).rejects.toMatchObject({ code: 'draft_changed' });
    await expect(run('recordDecision', { ...decision, verdict: 'reject', exclude: changeIds })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await decisionOf(decision.draftId)).toBeUndefined();
  });

  for (const [channel, outcome] of [
    ['update', 'rejected'],
    ['timeout', 'expired'],
  ] as const) {
    it(`ends the dream's row as ${outcome} with the reject itself (${channel}), so that nothing is committed after it`, async () => {
      const { input, draft, decision } = await waitingDraft();
      const reject = { ...decision, verdict: 'reject' as const, channel, request: channel };
      const answer = await run('recordDecision', reject);
      expect(await dreamOf(input.dreamId)).toMatchObject({ status: 'canceled', outcome });
      // The step again, after its answer was lost.
      expect(await run('recordDecision', reject)).toEqual(answer);
      await expect(run('commitDream', { ...input, draftId: draft.draftId, digest: draft.digest })).rejects.toMatchObject({
        code: 'dream_closed',
      });
      expect(await run('closeDream', { ...input, end: { status: 'canceled', outcome, error: null } })).toMatchObject({ outcome });
    });
  }

  it('is not decided after a cancel', async () => {
    const { input, decision } = await waitingDraft();
    await withWorkspace(used.fresh.database, workspaceId, (tx) =>
      endDream(tx, input.dreamId, { status: 'canceled', outcome: 'canceled', error: null }),
    );
    await expect(run('recordDecision', decision)).rejects.toMatchObject({ code: 'dream_closed' });
  });
});
