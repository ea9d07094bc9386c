import type { Client } from '@temporalio/client';
import type { FaultPoint } from '../../activities/effect.ts';
import type { InArchive } from './archived.ts';
import { untilArchived } from './archived.ts';
import type { Servers } from './databases.ts';
import { DreamRun } from './dream-run.ts';
import { answersLost, answersOf, askedInVain } from './journal.ts';
import type { Arm } from './orders.ts';
import type { Reference } from './reference.ts';
import { differences } from './rows.ts';
import type { Exit } from './worker-process.ts';

export interface KillResult {
  exit: Exit;
  status: string;
  /** Between the two runs; nothing where the result is the undisturbed one. */
  differences: string[];
  /** Questions asked again though their answer was stored. */
  inVain: number;
  /** Answers beyond those of the undisturbed run, and how many of them were in the dead process's hands. */
  extraAnswers: number;
  lost: number;
  ms: number;
}

export interface ArchiverKillResult extends KillResult {
  archived: InArchive;
}

/** The worker dies while it archives the finished run, or its own code before that; another one does it. */
export async function killArchiver(client: Client, servers: Servers, reference: Reference, point: FaultPoint): Promise<ArchiverKillResult> {
  const run = await DreamRun.open(client, servers, reference.seeded);
  try {
    const from = Date.now();
    const first = run.warmWorker();
    await first.begin(run.orders([{ point, occurrence: 1, act: 'kill' }]));
    await run.start();
    const ended = run.untilEnded();
    // Looked at below; a failure before that is not unhandled.
    ended.catch(() => undefined);
    const second = run.warmWorker();
    const exit = await first.exit;
    await second.begin(run.orders());
    const status = await ended;
    const archived = await untilArchived(run.adminUrl, run.seeded.dreamId);
    const { journal } = run;
    return {
      exit,
      status,
      archived,
      differences: differences(reference.rows, await run.rows()),
      inVain: askedInVain(journal).length,
      extraAnswers: answersOf(journal).length - reference.answers,
      lost: answersLost(journal, first.pid),
      ms: Date.now() - from,
    };
  } finally {
    await run.close();
  }
}

/** One worker dies at a point, another takes over, and the dream ends. */
export async function killRun(client: Client, servers: Servers, reference: Reference, arm: Omit<Arm, 'act'>): Promise<KillResult> {
  const run = await DreamRun.open(client, servers, reference.seeded);
  try {
    const from = Date.now();
    const first = run.warmWorker();
    await first.begin(run.orders([{ ...arm, act: 'kill' }]));
    await run.start();
    const ended = run.untilEnded();
    const second = run.warmWorker();
    const exit = await Promise.race([first.exit, ended.then(() => ({ code: null, signal: null }))]);
    await second.begin(run.orders());
    const status = await ended;
    const { journal } = run;
    return {
      exit,
      status,
      differences: differences(reference.rows, await run.rows()),
      extraAnswers: answersOf(journal).length - reference.answers,
      inVain: askedInVain(journal).length,
      lost: answersLost(journal, first.pid),
      ms: Date.now() - from,
    };
  } finally {
    await run.close();
  }
}
