import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { FaultPoint } from '../../activities/effect.ts';
import type { InArchive } from './archived.ts';
import { untilArchived, untilLiveEnded } from './archived.ts';
import type { Seeded, Servers } from './databases.ts';
import { DreamRun } from './dream-run.ts';
import { answersLost, answersOf, askedInVain } from './journal.ts';
import type { Rows } from './rows.ts';
import type { SweepCase } from './sweep-cases.ts';
import type { Exit } from './worker-process.ts';

export interface SweepResult {
  /** Of the first worker; null where nothing was to kill it. */
  exit: Exit | null;
  status: string;
  archived: InArchive;
  rows: Rows;
  /** Answers that the engine gave, those of them that were in hand when the first worker died, and questions asked although answered. */
  answers: number;
  lost: number;
  inVain: number;
  ms: number;
}

/** A sweep passes every 15 s, and this is for a machine that is busy with other things. */
const diesWithinMs = 90_000;

/** A worker's sweep dies at a point, or at none; another worker's takes over, and the dream comes to its end. */
export async function sweepRun(
  { client, servers }: { client: Client; servers: Servers },
  seeded: Seeded,
  { part, goOn }: SweepCase,
  point?: FaultPoint,
): Promise<SweepResult> {
  const run = await DreamRun.open(client, servers, seeded);
  try {
    const from = Date.now();
    const first = run.warmWorker();
    await first.begin(run.orders(point === undefined ? [] : [{ point, occurrence: 1, act: 'kill' }]));
    await part(run);
    let exit: Exit | null = null;
    if (point !== undefined) {
      const second = run.warmWorker();
      exit = await Promise.race([first.exit, sleep(diesWithinMs, { code: null, signal: null }, { ref: false })]);
      await second.begin(run.orders());
    }
    await goOn?.(run);
    const status = await run.untilEnded();
    await untilLiveEnded(run.adminUrl);
    const archived = await untilArchived(run.adminUrl, seeded.dreamId);
    const { journal } = run;
    return {
      exit,
      status,
      archived,
      rows: withoutRunIds(await run.rows()),
      answers: answersOf(journal).length,
      lost: answersLost(journal, first.pid),
      inVain: askedInVain(journal).length,
      ms: Date.now() - from,
    };
  } finally {
    await run.close();
  }
}

/** The row of a terminated dream names its runs, and what the live session says of one has an id made of its run's. */
function withoutRunIds(rows: Rows): Rows {
  const masked = (table: string, mask: (row: Record<string, unknown>) => object) =>
    (rows.tables[table] ?? []).map((text) => {
      const row = JSON.parse(text) as Record<string, unknown>;
      return JSON.stringify({ ...row, ...mask(row) });
    });
  return {
    ...rows,
    tables: {
      ...rows.tables,
      dreams: masked('dreams', (row) => ({ terminated_run_ids: (row['terminated_run_ids'] as string[]).length })),
      session_events: masked('session_events', (row) => (row['number'] === '<number>' ? { id: '<id>', sha256: '<hash>' } : {})),
    },
  };
}
