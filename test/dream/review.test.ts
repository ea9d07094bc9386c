import { WorkflowFailedError, WorkflowUpdateFailedError } from '@temporalio/client';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import type { DecisionRequest } from '../../domain/decision.ts';
import { dreamSteps } from '../../domain/dream.ts';
import { approveDreamSignal, cancelDreamSignal, decideUpdate, rejectDreamSignal } from '../../workflows/messages.ts';
import type { DreamHandle, WorkflowServer } from './running-workflow.ts';
import { awaited, connectWorkflowServer, names, running } from './running-workflow.ts';

let server: WorkflowServer;

beforeAll(async () => {
  server = await connectWorkflowServer();
});
afterAll(async () => {
  await server.close();
});

const required: Partial<Activities> = { takeSnapshot: async () => ({ sessions: 2, memories: 1, review: 'required' }) };

function timingOut(timeoutMs: number, onTimeout: 'reject' | 'commit'): Partial<Activities> {
  return { ...required, awaitReview: async () => ({ endsAt: '2126-11-30T00:00:00.000Z', timeoutMs, onTimeout }) };
}

const decide = (handle: DreamHandle, request: Partial<DecisionRequest>) =>
  handle.executeUpdate(decideUpdate, { args: [{ digest: 'digest 1', verdict: 'approve', by: 'ada', ...request }] });

/** The sentence with which an update was refused. */
async function refused(update: Promise<unknown>): Promise<string> {
  const error: unknown = await update.then(
    () => new Error('it was taken'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  return (error as WorkflowUpdateFailedError).cause?.message ?? '';
}

describe('the review gate', () => {
  it('waits at the draft, shows its digest, and commits what was approved', async () => {
    await running(server, required, async (handle, calls) => {
      expect(await awaited(handle)).toEqual({ draftId: 'drft_1', digest: 'digest 1', endsAt: '2126-11-30T00:00:00.000Z' });
      await vi.waitFor(async () => expect((await handle.describe()).searchAttributes).toMatchObject({ DreamAwaitingReview: [true] }));
      expect(await decide(handle, { note: 'looks right' })).toEqual({
        draftId: 'drft_1',
        digest: 'digest 1',
        verdict: 'approve',
        excluded: [],
        by: 'ada',
        note: 'looks right',
        channel: 'update',
      });
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
      expect(names(calls).slice(-5)).toEqual(['checkDraft', 'awaitReview', 'recordDecision', 'commitDream', 'closeDream']);
      expect((await handle.describe()).searchAttributes).toMatchObject({ DreamAwaitingReview: [false], DreamOutcome: ['committed'] });
    });
  });

  it('stages, checks and commits a new draft without what was excluded, and asks no second time', async () => {
    await running(server, required, async (handle, calls) => {
      await awaited(handle);
      await decide(handle, { exclude: ['chg_1', 'chg_2'] });
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
      expect(calls.filter(([name]) => name === 'stageDraft').map(([, argument]) => argument['from'])).toEqual([
        undefined,
        { draftId: 'drft_1', exclude: ['chg_1', 'chg_2'] },
      ]);
      expect(names(calls).filter((name) => name === 'awaitReview')).toHaveLength(1);
      expect(calls.find(([name]) => name === 'commitDream')?.[1]).toMatchObject({ draftId: 'drft_2', digest: 'digest 2' });
    });
  });

  it('fails with the guard when what is left after an exclusion does not hold', async () => {
    const checkDraft: Activities['checkDraft'] = async ({ draftId }) =>
      draftId === 'drft_1'
        ? { ok: true, refused: [], guards: [], unmendable: false }
        : { ok: false, refused: [], guards: ['no-secret'], unmendable: true };
    await running(server, { ...required, checkDraft }, async (handle, calls) => {
      await awaited(handle);
      await decide(handle, { exclude: ['chg_1'] });
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
      expect(names(calls)).not.toContain('commitDream');
      expect(calls.at(-1)).toMatchObject(['closeDream', { end: { outcome: 'failed', error: { type: 'verification_failed' } } }]);
    });
  });

  it('closes as rejected, without a commit', async () => {
    await running(server, required, async (handle, calls) => {
      await awaited(handle);
      await decide(handle, { verdict: 'reject', note: 'not like this' });
      expect(await handle.result()).toMatchObject({ outcome: 'rejected' });
      expect(names(calls)).not.toContain('commitDream');
      expect(calls.at(-1)).toMatchObject(['closeDream', { end: { status: 'canceled', outcome: 'rejected', error: null } }]);
    });
  });

  it('takes the signals approveDream, with and without a digest, and rejectDream', async () => {
    await running(server, required, async (handle, calls) => {
      await awaited(handle);
      await handle.signal(approveDreamSignal, { by: 'ada', digest: 'digest 1' });
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
      expect(calls.find(([name]) => name === 'recordDecision')?.[1]).toMatchObject({ channel: 'signal', by: 'ada', digest: 'digest 1' });
    });
    await running(server, required, async (handle) => {
      await awaited(handle);
      await handle.signal(approveDreamSignal, { by: 'ada' });
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
    });
    await running(server, required, async (handle) => {
      await awaited(handle);
      await handle.signal(rejectDreamSignal, { by: 'ada', note: 'no' });
      expect(await handle.result()).toMatchObject({ outcome: 'rejected' });
    });
  });

  for (const [onTimeout, outcome, status] of [
    ['reject', 'expired', 'canceled'],
    ['commit', 'committed', 'completed'],
  ] as const) {
    it(`ends as ${outcome} when nobody answers and ${onTimeout} was asked for`, async () => {
      await running(server, timingOut(300, onTimeout), async (handle, calls) => {
        expect(await handle.result()).toMatchObject({ outcome });
        expect(calls.find(([name]) => name === 'recordDecision')?.[1]).toMatchObject({ channel: 'timeout' });
        expect(names(calls).includes('commitDream')).toBe(outcome === 'committed');
        expect(calls.at(-1)).toMatchObject(['closeDream', { end: { status, outcome, error: null } }]);
      });
    });
  }

  it('keeps the answer of a person that is being recorded when the time runs out', async () => {
    const first: { decision?: Awaited<ReturnType<Activities['recordDecision']>> } = {};
    const recordDecision: Activities['recordDecision'] = async ({ draftId, digest, verdict, exclude, by, note, channel }) => {
      if (channel === 'timeout') return first.decision as NonNullable<typeof first.decision>;
      first.decision = { draftId, digest, verdict, excluded: exclude, by, note, channel };
      // The row stands; the answer reaches the workflow after the clock.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return first.decision;
    };
    await running(server, { ...timingOut(1_000, 'reject'), recordDecision }, async (handle) => {
      await awaited(handle);
      await decide(handle, {});
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
    });
  });

  it('refuses a stale digest, an unknown verdict, an empty name, too long a note, and a reject with exclusions, and goes on waiting', async () => {
    await running(server, required, async (handle, calls) => {
      await awaited(handle);
      expect(await refused(decide(handle, { digest: 'digest 0' }))).toContain('digest 1');
      expect(await refused(decide(handle, { verdict: 'maybe' as never }))).toContain('"approve" or "reject"');
      expect(await refused(decide(handle, { by: ' ' }))).toContain('by whom');
      expect(await refused(decide(handle, { note: 'x'.repeat(501) }))).toContain('500');
      expect(await refused(decide(handle, { exclude: 'chg_1' as never }))).toContain('list of change ids');
      expect(await refused(decide(handle, { verdict: 'reject', exclude: ['chg_1'] }))).toContain('leaves out everything');
      expect(await refused(handle.executeUpdate(decideUpdate, { args: [undefined as never] }))).toContain('"approve" or "reject"');
      // Refused before anything was written down: no event, no activity.
      expect(names(calls)).not.toContain('recordDecision');
      await decide(handle, {});
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
    });
  });

  it('refuses a decision before the draft exists, by update and by signal, and waits for one afterwards', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const extractFacts = async () => {
      await held;
      return { facts: 0, kept: 0 };
    };
    await running(server, { ...required, extractFacts }, async (handle, calls) => {
      await vi.waitFor(() => expect(names(calls)).toContain('extractFacts'), { timeout: 20_000 });
      expect(await refused(decide(handle, {}))).toContain('extractFacts');
      await handle.signal(approveDreamSignal, { by: 'ada' });
      await handle.signal(rejectDreamSignal, undefined as never);
      release();
      const { draftId } = await awaited(handle);
      expect(draftId).toBe('drft_1');
      expect(names(calls)).not.toContain('recordDecision');
      const details = await handle.query<string>('__temporal_workflow_metadata').then((metadata) => JSON.stringify(metadata));
      expect(details).toContain('approveDream was not taken');
      expect(details).toContain('rejectDream was not taken');
      await decide(handle, {});
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
    });
  });

  it('lets one of two deciders at once win, and answers the other one', async () => {
    const asked: string[] = [];
    const recordDecision: Activities['recordDecision'] = async ({ draftId, digest, verdict, exclude, by, note, channel }) => {
      asked.push(by);
      // Both are past the validator before either row is there; the table takes bob's.
      await vi.waitFor(() => expect(asked).toHaveLength(2), { timeout: 10_000 });
      if (by === 'ada') throw ApplicationFailure.nonRetryable('The draft was decided already.', 'already_decided');
      return { draftId, digest, verdict, excluded: exclude, by, note, channel };
    };
    await running(server, { ...required, recordDecision }, async (handle) => {
      await awaited(handle);
      const [ada, bob] = await Promise.allSettled([decide(handle, { by: 'ada' }), decide(handle, { by: 'bob', verdict: 'reject' })]);
      expect(bob).toMatchObject({ status: 'fulfilled', value: { by: 'bob', verdict: 'reject' } });
      expect(ada).toMatchObject({
        status: 'rejected',
        reason: { cause: { message: 'The draft was decided already.', type: 'already_decided' } },
      });
      expect(await handle.result()).toMatchObject({ outcome: 'rejected' });
    });
  });

  it('reopens the review with a rebased draft when others wrote where the draft does', async () => {
    let commits = 0;
    const commitDream = async () => (++commits === 1 ? { operationId: null, conflicts: 2 } : { operationId: 'op_1', conflicts: 0 });
    await running(server, { ...required, commitDream }, async (handle, calls) => {
      await awaited(handle);
      await decide(handle, {});
      expect(await awaited(handle, 'drft_2')).toMatchObject({ digest: 'digest 2' });
      expect(await refused(decide(handle, { digest: 'digest 1' }))).toContain('digest 2');
      await decide(handle, { digest: 'digest 2' });
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
      expect(calls.filter(([name]) => name === 'stageDraft').at(-1)?.[1]).toMatchObject({ from: { draftId: 'drft_1', exclude: [] } });
      expect(commits).toBe(2);
    });
  });

  it('fails, and says that nothing was written, when others wrote there and nobody reviews', async () => {
    const commitDream = async () => ({ operationId: null, conflicts: 2 });
    await running(server, { commitDream }, async (handle, calls) => {
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
      expect(calls.at(-1)).toMatchObject([
        'closeDream',
        { end: { status: 'failed', outcome: 'failed', error: { message: expect.stringMatching(/2 paths.*Nothing was written/) } } },
      ]);
    });
  });

  it('describes its handlers for the Web UI', async () => {
    await running(server, required, async (handle) => {
      await awaited(handle);
      const metadata = JSON.stringify(await handle.query('__temporal_workflow_metadata'));
      for (const name of ['decide', 'approveDream', 'rejectDream', 'cancelDream', 'progress'])
        expect(metadata).toContain(`"name":"${name}","description":"`);
      expect(metadata).toContain('digest 1');
      await decide(handle, {});
      await handle.result();
    });
  });
});

describe('a cancel', () => {
  // closeDream is the end itself; a cancel there changes nothing and is not tested as a stop.
  for (const step of dreamSteps.filter((name) => name !== 'closeDream')) {
    it(`during ${step} stops the dream within 5 s and closes it as canceled`, async () => {
      let reached = false;
      const held = async () => {
        reached = true;
        const context = Context.current();
        const beat = setInterval(() => context.heartbeat(), 100);
        try {
          return await context.cancelled;
        } finally {
          clearInterval(beat);
        }
      };
      const overrides = step === 'awaitReview' ? required : { ...required, [step]: held };
      await running(server, overrides, async (handle, calls) => {
        if (step === 'awaitReview') await awaited(handle);
        else {
          if (step === 'commitDream') {
            await awaited(handle);
            await decide(handle, {});
          }
          await vi.waitFor(() => expect(reached).toBe(true), { timeout: 20_000, interval: 20 });
        }
        const from = Date.now();
        await handle.signal(cancelDreamSignal, { by: 'test' });
        expect(await handle.result()).toMatchObject({ outcome: 'canceled' });
        expect(Date.now() - from).toBeLessThan(5_000);
        expect(calls.at(-1)).toMatchObject(['closeDream', { end: { status: 'canceled', outcome: 'canceled', error: null } }]);
      });
    });
  }
});
