import type { Client } from '@temporalio/client';
import type { FaultPoint } from '../../activities/effect.ts';
import { auditWrites, countWriters } from './audit.ts';
import type { Seeded, Servers } from './databases.ts';
import { keepAnswersOf, seedTemplate } from './databases.ts';
import { DreamRun, workerSource } from './dream-run.ts';
import { answersOf } from './journal.ts';
import { archivePoints } from './points.ts';
import type { Rows } from './rows.ts';
import type { Scenario } from './scenario.ts';

/** A dream that nothing disturbed; what every disturbed one is measured by. */
export interface Reference {
  seeded: Seeded;
  rows: Rows;
  /** How often it came past each point. */
  occurrences: Map<FaultPoint, number>;
  answers: number;
  /** Transactions that changed a row, and effects that are transactions. */
  writers: number;
  writes: number;
  ms: number;
}

export async function runReference(client: Client, servers: Servers, scenario: Scenario): Promise<Reference> {
  const seeded = await seedTemplate(servers, scenario);
  const first = await undisturbed(client, servers, seeded, scenario.answered === true);
  return scenario.answered === true ? await undisturbed(client, servers, seeded, false) : first;
}

async function undisturbed(client: Client, servers: Servers, seeded: Seeded, keepAnswers: boolean): Promise<Reference> {
  const run = await DreamRun.open(client, servers, seeded);
  try {
    await auditWrites(run.adminUrl);
    await run.warmWorker().begin(run.orders());
    const from = Date.now();
    await run.start();
    const status = await run.untilEnded();
    if (status !== 'COMPLETED') throw new Error(`The run of a dream that nothing disturbed is ${status}, not completed.`);
    const ms = Date.now() - from;
    if (keepAnswers) await keepAnswersOf(servers, run.databaseName, seeded.template);
    const { journal } = run;
    const occurrences = new Map<FaultPoint, number>();
    for (const { point } of journal) occurrences.set(point, (occurrences.get(point) ?? 0) + 1);
    return {
      seeded,
      rows: await run.rows(),
      occurrences,
      answers: answersOf(journal).length,
      writers: await countWriters(run.adminUrl, workerSource),
      writes: journal.filter(({ point }) => point.endsWith(':uncommitted') && !archivePoints.includes(point)).length,
      ms,
    };
  } finally {
    await run.close();
  }
}
