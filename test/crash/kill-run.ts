import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
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
  archived: InArchive;
  /** Between the two runs; nothing where the result is the undisturbed one. */
  differences: string[];
  /** Questions asked again though their answer was stored. */
  inVain: number;
  /** Answers beyond those of the undisturbed run, and how many of them were in the dead process's hands. */
  extraAnswers: number;
  lost: number;
  ms: number;
}

/** A worker that lives for so long when all is over was never at its point. */
const diesWithinMs = 10_000;

/** One worker dies at a point of the dream, or of the archiver behind it; another takes over, the dream ends and its history is kept. */
export async function killRun(client: Client, servers: Servers, reference: Reference, arm: Omit<Arm, 'act'>): Promise<KillResult> {
  const run = await DreamRun.open(client, servers, reference.seeded);
  try {
    const from = Date.now();
    const first = run.warmWorker();
    await first.begin(run.orders([{ ...arm, act: 'kill' }]));
    await run.start();
    const over = untilOver(run);
    // Looked at below; a failure before that is not unhandled.
    over.catch(() => undefined);
    const second = run.warmWorker();
    // The history may be there a moment before the archiver that kept it comes to the point behind it.
    const exit = await Promise.race([first.exit, over.then(() => sleep(diesWithinMs, { code: null, signal: null }, { ref: false }))]);
    await second.begin(run.orders());
    const { status, archived } = await over;
    const { journal } = run;
    return {
      exit,
      status,
      archived,
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

async function untilOver(run: DreamRun): Promise<Pick<KillResult, 'status' | 'archived'>> {
  const status = await run.untilEnded();
  return { status, archived: await untilArchived(run.adminUrl, run.seeded.dreamId) };
}
