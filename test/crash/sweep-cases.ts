/** For each effect of a sweep a dream for which it is the one thing to do. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { effects } from '../../activities/effect.ts';
import { withWorkspace } from '../../db/database.ts';
import type { DreamRow } from '../../db/dreams.ts';
import { endDream, requireDream } from '../../db/dreams.ts';
import { progressQuery } from '../../workflows/messages.ts';
import { resetRun } from '../support/reset-run.ts';
import { workspaceId } from '../support/seeds.ts';
import type { DreamOutcome } from '../../domain/dream.ts';
import type { DreamRun } from './dream-run.ts';
import type { Scenario } from './scenario.ts';
import { approved, committed } from './scenario.ts';

export type SweepEffect = (typeof effects.sweep)[number];

export interface SweepCase {
  scenario: Scenario;
  /** How row and run end. */
  outcome: DreamOutcome;
  status: 'COMPLETED' | 'TERMINATED';
  /** Brings row and run apart, while a worker is there. */
  part(run: DreamRun): Promise<void>;
  /** Waits until a sweep has brought them together again, where the run goes on then. */
  goOn?(run: DreamRun): Promise<void>;
}

const withinMs = 120_000;

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Within ${String(withinMs / 1_000)} s ${what} was not to be seen.`);
    await sleep(50);
  }
}

function rowOf(run: DreamRun): Promise<DreamRow> {
  return withWorkspace(run.database, workspaceId, (tx) => requireDream(tx, run.seeded.dreamId));
}

async function startReview(run: DreamRun): Promise<void> {
  run.reviewing = false;
  await run.start();
  await until('a draft that waits', async () => (await run.handle.query(progressQuery)).review !== null);
}

/** As a cancel whose signal got lost. */
async function cancelRow(run: DreamRun): Promise<void> {
  await withWorkspace(run.database, workspaceId, (tx) =>
    endDream(tx, run.seeded.dreamId, { status: 'canceled', outcome: 'canceled', error: null }),
  );
}

export const sweepCases: Record<SweepEffect, SweepCase> = {
  // The row is there, and nobody starts its run.
  start: { scenario: committed, outcome: 'committed', status: 'COMPLETED', part: async () => undefined },
  end: {
    scenario: approved,
    outcome: 'terminated',
    status: 'TERMINATED',
    part: async (run) => {
      await startReview(run);
      await run.handle.terminate();
    },
  },
  open: {
    scenario: approved,
    outcome: 'committed',
    status: 'COMPLETED',
    part: async (run) => {
      await startReview(run);
      await run.handle.terminate();
      await until('a terminated dream', async () => (await rowOf(run)).outcome === 'terminated');
      await resetRun(run.client, run.workflowId, 'last task');
    },
    goOn: async (run) => {
      await until('a dream that is open again', async () => (await rowOf(run)).status === 'running');
      run.reviewing = true;
    },
  },
  close: {
    scenario: approved,
    outcome: 'canceled',
    status: 'TERMINATED',
    part: async (run) => {
      await startReview(run);
      await cancelRow(run);
      await run.handle.terminate();
    },
  },
  tell: {
    scenario: approved,
    outcome: 'canceled',
    status: 'COMPLETED',
    part: async (run) => {
      await startReview(run);
      await cancelRow(run);
    },
  },
};
