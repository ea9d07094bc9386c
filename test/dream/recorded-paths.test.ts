/**
 * Drives a dream down each of its paths, with the real steps. `npm run histories:record` writes their histories into
 * test/histories, where every later workflow has to replay them.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import { readChanges } from '../../db/drafts.ts';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { deriveId } from '../../domain/ids.ts';
import { EngineError } from '../../engines/engine.ts';
import type { Engine } from '../../engines/engine.ts';
import { approveDreamSignal, cancelDreamSignal, decideUpdate, rejectDreamSignal } from '../../workflows/messages.ts';
import { isRecording, save } from '../histories/save.ts';
import type { StartedDream, World } from '../histories/world.ts';
import { openWorld, waiting } from '../histories/world.ts';
import { workspaceId } from '../support/seeds.ts';
import { edit } from './rebase-support.ts';
import { connectWorkflowServer, names, running } from './running-workflow.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => {
  for (const name of Object.keys(world.instead) as (keyof Engine)[]) Reflect.deleteProperty(world.instead, name);
});
afterAll(() => world.close());

/** How the dream ended, and the steps of its run; the history is recorded under the name. */
async function ended(name: string, { dreamId, handle }: StartedDream): Promise<{ outcome: string | null; steps: string[] }> {
  await handle.result().catch(() => undefined);
  const history = await handle.fetchHistory();
  if (isRecording) save(name, history);
  const { outcome } = await withWorkspace(world.database, workspaceId, (tx) => requireDream(tx, dreamId));
  const types = (history.events ?? []).map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? '');
  return { outcome, steps: types.filter((type) => type !== '') };
}

const count = (steps: string[], step: string) => steps.filter((name) => name === step).length;
const reviewed = { review: 'required' } as const;
const by = 'a reviewer';

describe('a dream without review', () => {
  it('commits, over several packs', async () => {
    const { outcome, steps } = await ended('committed', await world.start());
    expect([outcome, count(steps, 'extractFacts'), count(steps, 'awaitReview')]).toEqual(['committed', 3, 0]);
    expect(count(steps, 'reconcileGroup')).toBeGreaterThan(1);
  });

  it('commits, over more packs than are worked on at once', async () => {
    const { outcome, steps } = await ended('committed-over-many-packs', await world.start({ days: 8 }));
    expect([outcome, count(steps, 'extractFacts')]).toEqual(['committed', 11]);
  });

  it('commits although steps had to be tried again', async () => {
    let failures = 0;
    world.instead.extractFacts = (question, call) =>
      ++failures > 3
        ? world.offline.extractFacts(question, call)
        : Promise.reject(new EngineError('busy', { retryable: true, retryAfterMs: 50 }));
    const { outcome, steps } = await ended('committed-after-retries', await world.start());
    expect([outcome, count(steps, 'extractFacts'), failures]).toEqual(['committed', 3, 6]);
  });

  it('fails when the engine refuses', async () => {
    world.instead.reconcileGroups = () => Promise.reject(new EngineError('no', { retryable: false }));
    const { outcome, steps } = await ended('failed-in-a-step', await world.start());
    expect([outcome, steps.at(-1)]).toEqual(['failed', 'closeDream']);
  });

  it('fails when the engine refuses one of more packs than are worked on at once', async () => {
    // The others of the first eight are asked for by then, and the ninth never is.
    world.instead.extractFacts = () => Promise.reject(new EngineError('no', { retryable: false }));
    const { outcome, steps } = await ended('failed-over-many-packs', await world.start({ days: 8 }));
    expect([outcome, count(steps, 'extractFacts'), steps.at(-1)]).toEqual(['failed', 8, 'closeDream']);
  });

  it('leaves out what a guard refuses, and commits the rest in a second round', async () => {
    refusable(1);
    const { outcome, steps } = await ended('guard-refused-once', await world.start());
    expect([outcome, count(steps, 'stageDraft')]).toEqual(['committed', 2]);
  });

  it('fails when the guards refuse three drafts', async () => {
    const server = await connectWorkflowServer();
    // No engine of ours is refused that often, so these steps are the test's.
    const refusing: Partial<Activities> = {
      stageDraft: async ({ round }) => ({
        draftId: deriveId('drft', 'drm_1', 'stageDraft', String(round)),
        digest: sha256Hex(String(round)),
        changes: 7 - round,
      }),
      checkDraft: async ({ draftId }) => ({
        ok: false,
        refused: [deriveId('chg', 'drm_1', 'checkDraft', draftId)],
        guards: ['no-secret'],
        unmendable: false,
      }),
    };
    await running(server, refusing, async (handle, calls) => {
      await handle.result().catch(() => undefined);
      expect(names(calls).filter((name) => name === 'checkDraft')).toHaveLength(3);
      if (isRecording) save('guard-refused-three-drafts', await handle.fetchHistory());
    });
    await server.close();
  });

  it('fails when its target was written to meanwhile', async () => {
    const started = await world.start({ outputBehavior: 'update_existing' });
    await conflictWhileMining(started);
    const { outcome, steps } = await ended('failed-on-a-conflict', started);
    expect([outcome, count(steps, 'commitDream')]).toEqual(['failed', 1]);
  });
});

describe('a dream that is cancelled', () => {
  it('in a step, by the signal', async () => {
    const started = await world.start();
    await blockedIn('extractFacts', () => started.handle.signal(cancelDreamSignal, { by }), started);
    expect((await ended('canceled-in-a-step', started)).outcome).toBe('canceled');
  });

  it('in a step, of which there are more packs than are worked on at once', async () => {
    const started = await world.start({ days: 8 });
    await blockedIn('extractFacts', () => started.handle.signal(cancelDreamSignal, { by }), started);
    const { outcome, steps } = await ended('canceled-over-many-packs', started);
    expect([outcome, count(steps, 'extractFacts')]).toEqual(['canceled', 8]);
  });

  it('in a step, by the means of Temporal', async () => {
    const started = await world.start();
    await blockedIn('minePatterns', () => started.handle.cancel(), started);
    expect((await ended('canceled-by-temporal', started)).outcome).toBe('canceled');
  });

  it('during its review', async () => {
    const started = await world.start({ options: reviewed });
    await waiting(started.handle);
    await started.handle.signal(cancelDreamSignal, { by });
    expect((await ended('canceled-in-review', started)).outcome).toBe('canceled');
  });
});

describe('a dream with a review', () => {
  it('that is approved by the update', async () => {
    const started = await world.start({ options: reviewed });
    const { digest } = await waiting(started.handle);
    await started.handle.executeUpdate(decideUpdate, { args: [{ digest, verdict: 'approve', by }] });
    const { outcome, steps } = await ended('approved-by-update', started);
    expect([outcome, count(steps, 'recordDecision')]).toEqual(['committed', 1]);
  });

  it('that is approved by a signal, after one that was not taken', async () => {
    const started = await world.start({ options: reviewed });
    const { digest } = await waiting(started.handle);
    await started.handle.signal(approveDreamSignal, { by, digest: 'of another draft' });
    await started.handle.signal(approveDreamSignal, { by, digest });
    expect((await ended('approved-by-signal', started)).outcome).toBe('committed');
  });

  it('that is approved without some of its changes', async () => {
    const started = await world.start({ options: reviewed });
    const { digest, draftId } = await waiting(started.handle);
    const [change] = await withWorkspace(world.database, workspaceId, (tx) => readChanges(tx, draftId));
    await started.handle.executeUpdate(decideUpdate, { args: [{ digest, verdict: 'approve', by, exclude: [change?.id ?? ''] }] });
    const { outcome, steps } = await ended('approved-in-part', started);
    expect([outcome, count(steps, 'stageDraft')]).toEqual(['committed', 2]);
  });

  it('that is rejected by a signal', async () => {
    const started = await world.start({ options: reviewed });
    await waiting(started.handle);
    await started.handle.signal(rejectDreamSignal, { by });
    expect((await ended('rejected', started)).outcome).toBe('rejected');
  });

  it.each([
    ['reject', 'expired'],
    ['commit', 'committed'],
  ] as const)('that nobody decides in time, with %s', async (onTimeout, end) => {
    const started = await world.start({ options: { ...reviewed, reviewTimeout: 1, onTimeout } });
    expect((await ended(`expired-with-${onTimeout}`, started)).outcome).toBe(end);
  });

  it('that updates its input, meets a conflict and is looked at again', async () => {
    const started = await world.start({ options: reviewed, outputBehavior: 'update_existing' });
    const first = await waiting(started.handle);
    await editNotes(started);
    await started.handle.executeUpdate(decideUpdate, { args: [{ digest: first.digest, verdict: 'approve', by }] });
    const second = await waiting(started.handle, first.draftId);
    await started.handle.executeUpdate(decideUpdate, { args: [{ digest: second.digest, verdict: 'approve', by }] });
    const { outcome, steps } = await ended('update-existing-with-a-conflict', started);
    expect([outcome, count(steps, 'commitDream'), count(steps, 'awaitReview')]).toEqual(['committed', 2, 2]);
  });

  it('that is terminated while it waits', async () => {
    const started = await world.start({ options: reviewed });
    await waiting(started.handle);
    await started.handle.terminate('a test');
    expect((await ended('terminated-in-review', started)).steps.at(-1)).toBe('awaitReview');
  });

  it('that is reset to before its draft', async () => {
    const started = await world.start({ options: reviewed });
    const { digest } = await waiting(started.handle);
    // The first handle follows the newest run, so the one that the reset ends is named.
    const { runId } = await started.handle.describe();
    const again = await reset(started, 'groupClaims');
    const review = await waiting(again.handle);
    // The same rows, so the same draft.
    expect(review.digest).toBe(digest);
    await again.handle.executeUpdate(decideUpdate, { args: [{ digest, verdict: 'approve', by }] });
    expect((await ended('reset-after-a-reset', again)).outcome).toBe('committed');
    if (isRecording) save('reset-before-the-reset', await world.client.workflow.getHandle(started.dreamId, runId).fetchHistory());
  });
});

/** The engine's first statements say "tomorrow", which a guard refuses. */
function refusable(statements: number): void {
  world.instead.reconcileGroups = async (question, call) => {
    const answer = await world.offline.reconcileGroups(question, call);
    const value = answer.value.map((proposal) =>
      'statement' in proposal && statements-- > 0 ? { ...proposal, statement: `${proposal.statement} Tomorrow.` } : proposal,
    );
    return { ...answer, value };
  };
}

/** Lets the engine work on this question until the dream is stopped, which it is once the question has been asked. */
async function blockedIn(question: 'extractFacts' | 'minePatterns', stop: () => Promise<unknown>, { handle }: StartedDream): Promise<void> {
  let asked = false;
  world.instead[question] = (_question: unknown, { signal }: { signal: AbortSignal }) => {
    asked = true;
    return new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  };
  await vi.waitFor(() => expect(asked).toBe(true), { timeout: 60_000, interval: 20 });
  await stop();
  await handle.result().catch(() => undefined);
}

async function editNotes({ storeId }: StartedDream): Promise<void> {
  await edit(world.database, storeId, [{ kind: 'write', path: '/notes.md', content: '# Notes\n\n- The API listens on port 5000.\n' }]);
}

/** Others write when the snapshot was taken and nothing is committed yet. */
async function conflictWhileMining(started: StartedDream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    world.instead.minePatterns = async (question, call) => {
      await editNotes(started).then(resolve, reject);
      return await world.offline.minePatterns(question, call);
    };
  });
}

/** Resets the run to the workflow task that scheduled this step, as `temporal workflow reset` does. */
async function reset({ dreamId, storeId, handle }: StartedDream, step: string): Promise<StartedDream> {
  const { events } = await handle.fetchHistory();
  const scheduled = (events ?? []).find((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === step);
  const { runId } = await handle.describe();
  const answer = await world.client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: dreamId, runId },
    reason: 'a test',
    requestId: randomUUID(),
    workflowTaskFinishEventId: scheduled?.activityTaskScheduledEventAttributes?.workflowTaskCompletedEventId ?? null,
  });
  return { dreamId, storeId, handle: world.client.workflow.getHandle(dreamId, answer.runId) };
}
