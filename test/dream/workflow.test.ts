import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Context } from '@temporalio/activity';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DreamProgress } from '../../workflows/messages.ts';
import type { WorkflowServer } from './running-workflow.ts';
import { connectWorkflowServer, names, running } from './running-workflow.ts';

let server: WorkflowServer;

beforeAll(async () => {
  server = await connectWorkflowServer();
});
afterAll(async () => {
  await server.close();
});

describe('the dream workflow', () => {
  it('does the steps in order, packs within a step in flight together', async () => {
    await running(server, {}, async (handle, calls) => {
      expect(await handle.result()).toEqual({ outcome: 'committed', outputStoreId: 'memstore_2' });
      expect(names(calls)).toEqual([
        'openDream',
        'takeSnapshot',
        'planWindows',
        'extractFacts',
        'extractFacts',
        'extractFacts',
        'groupClaims',
        'reconcileGroup',
        'reconcileGroup',
        'minePatterns',
        'stageDraft',
        'checkDraft',
        'commitDream',
        'closeDream',
      ]);
    });
  });

  it('answers progress, carries search attributes, and says in summaries what each activity does', async () => {
    await running(server, {}, async (handle) => {
      await handle.result();
      expect(await handle.query<DreamProgress, []>('progress')).toEqual({
        stage: 'closeDream',
        done: 0,
        total: 1,
        sessions: 2,
        windows: 5,
        facts: 12,
        changes: 6,
        review: null,
      });
      const description = await handle.describe();
      expect(description.staticSummary && (await description.staticSummary())).toBe('Dream over 2 sessions (test)');
      const attributes = description.searchAttributes;
      expect(attributes).toMatchObject({
        DreamStore: ['memstore_1'],
        DreamOutcome: ['committed'],
        DreamStage: ['closeDream'],
        DreamSessions: [2],
      });
      const { events } = await handle.fetchHistory();
      const summaries = (events ?? [])
        .flatMap((event) => event.userMetadata?.summary?.data ?? [])
        .map((data) => JSON.parse(Buffer.from(data).toString()) as string);
      expect(summaries).toEqual(
        expect.arrayContaining([
          'extract pack 3/3, 1 window',
          'reconcile pack 2/2',
          'stage draft 1, 0 changes left out',
          'check draft 1',
          'commit 6 changes',
          'close: committed',
        ]),
      );
    });
  });

  it('lets everything be away for a month, in every step', async () => {
    await running(server, {}, async (handle) => {
      await handle.result();
      const { events } = await handle.fetchHistory();
      const seconds = (events ?? []).flatMap((event) => {
        const scheduled = event.activityTaskScheduledEventAttributes;
        return scheduled ? [Number(scheduled.scheduleToCloseTimeout?.seconds)] : [];
      });
      expect(seconds.length).toBeGreaterThan(10);
      // The server counts it also while nobody polls.
      expect(new Set(seconds)).toEqual(new Set([30 * 24 * 3_600]));
    });
  });

  it('stages again without what a guard refused, and commits that draft', async () => {
    let checks = 0;
    const checkDraft = async () =>
      ++checks === 1
        ? { ok: false, refused: ['chg_1'], guards: ['no-secret'], unmendable: false }
        : { ok: true, refused: [], guards: [], unmendable: false };
    await running(server, { checkDraft }, async (handle, calls) => {
      expect(await handle.result()).toMatchObject({ outcome: 'committed' });
      expect(calls.filter(([name]) => name === 'stageDraft').map(([, argument]) => argument['refused'])).toEqual([[], ['chg_1']]);
      expect(calls.find(([name]) => name === 'commitDream')?.[1]).toMatchObject({ draftId: 'drft_2', digest: 'digest 2' });
    });
  });

  it("fails with verification_failed and the guard's name after three drafts", async () => {
    const checkDraft = async () => ({ ok: false, refused: ['chg_1'], guards: ['no-secret'], unmendable: false });
    await running(server, { checkDraft }, async (handle, calls) => {
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
      expect(names(calls).filter((name) => name === 'stageDraft')).toHaveLength(3);
      expect(calls.at(-1)).toMatchObject([
        'closeDream',
        {
          end: {
            status: 'failed',
            outcome: 'failed',
            error: { type: 'verification_failed', message: expect.stringContaining('no-secret') },
          },
        },
      ]);
    });
  });

  it('gives up at once where leaving changes out cannot help', async () => {
    const checkDraft = async () => ({ ok: false, refused: [], guards: ['not-empty'], unmendable: true });
    await running(server, { checkDraft }, async (handle, calls) => {
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
      expect(names(calls).filter((name) => name === 'stageDraft')).toHaveLength(1);
    });
  });

  it("closes as failed with the wire's word when a session is gone, without trying again", async () => {
    const takeSnapshot = async () => {
      throw ApplicationFailure.create({ type: 'session_not_found', message: 'An input session is not available any more.' });
    };
    await running(server, { takeSnapshot }, async (handle, calls) => {
      await expect(handle.result()).rejects.toThrow(WorkflowFailedError);
      expect(names(calls)).toEqual(['openDream', 'takeSnapshot', 'closeDream']);
      expect(calls.at(-1)?.[1]).toMatchObject({ end: { error: { type: 'input_session_unavailable' } } });
    });
  });

  for (const [name, cancel] of [
    ['cancelDream', (handle: { signal(name: string, argument: unknown): Promise<void> }) => handle.signal('cancelDream', { by: 'test' })],
    ["Temporal's own cancel", (handle: { cancel(): Promise<unknown> }) => handle.cancel()],
  ] as const) {
    it(`stops a running pack on ${name} and closes as canceled`, async () => {
      let stopped = 0;
      const extractFacts = async () => {
        const context = Context.current();
        const beat = setInterval(() => context.heartbeat(), 100);
        try {
          return await context.cancelled;
        } finally {
          stopped += 1;
          clearInterval(beat);
        }
      };
      await running(server, { extractFacts }, async (handle, calls) => {
        await vi.waitFor(() => expect(names(calls).filter((called) => called === 'extractFacts')).toHaveLength(3), { timeout: 20_000 });
        const from = Date.now();
        await cancel(handle as never);
        await handle.result().catch((error: unknown) => expect(error).toBeInstanceOf(WorkflowFailedError));
        expect(Date.now() - from).toBeLessThan(5_000);
        expect(stopped).toBe(3);
        expect(calls.at(-1)).toMatchObject(['closeDream', { end: { status: 'canceled', outcome: 'canceled', error: null } }]);
        expect(names(calls)).not.toContain('commitDream');
        expect((await handle.describe()).status.name).toBe(name === 'cancelDream' ? 'COMPLETED' : 'CANCELLED');
      });
    });
  }

  it('keeps at most 8 packs in flight', async () => {
    let now = 0;
    let most = 0;
    const extractFacts = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return { facts: 0, kept: 0 };
    };
    await running(
      server,
      { extractFacts, planWindows: async () => ({ windows: 40, packs: 40, windowsInPack: [], characters: 1 }) },
      async (handle, calls) => {
        await handle.result();
        expect(names(calls).filter((name) => name === 'extractFacts')).toHaveLength(40);
        expect(most).toBeLessThanOrEqual(8);
        expect(most).toBeGreaterThan(1);
      },
    );
  });
});
