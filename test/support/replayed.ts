/** Every execution that a test starts is replayed when the test ends, against the code of today. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { inject } from 'vitest';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import type { Execution } from './executions.ts';
import { idsFound, isOpen, readRun, runsOf } from './executions.ts';
import { replay } from './replayer.ts';
import { workspaceId } from './seeds.ts';

const leftOpen = new Map<string, string>();

/** A dream that is still under way when its test ends, and why that is right. Every other one must have closed. */
export function mayStayOpen(dreamId: string, reason: string): void {
  leftOpen.set(dreamId, reason);
}

/** Of a run whose dream has ended, on a machine that is busy with other tests. */
const longestClose = 60_000;

/** Where executions may be: dreams with a row, and whatever ran on a queue. */
export interface Started {
  database?: Database;
  workflowIds?: string[];
  taskQueue?: string;
  /** Why none of them needs to have closed. */
  allOpen?: string;
}

/** Until what a test started and need not leave open has closed; the row of a dream says that it ended before its run does. */
export async function untilClosed({ database, workflowIds = [] }: Started, client: Client): Promise<void> {
  const ids = [...workflowIds, ...(database === undefined ? [] : await dreamsIn(database))].filter((id) => !leftOpen.has(id));
  const until = Date.now() + longestClose;
  for (const id of ids) while (Date.now() < until && (await isOpen(client, id))) await sleep(50);
}

/** Replays what was started, also what has happened so far in a run that is still open; throws for one that may not be. */
export async function replayStarted({ database, workflowIds = [], taskQueue, allOpen }: Started, client: Client): Promise<void> {
  const runs = new Map<string, Execution>();
  const add = (run: Execution | undefined) => run !== undefined && runs.set(run.runId, run);
  for (const workflowId of [...workflowIds, ...(database === undefined ? [] : await dreamsIn(database))])
    (await runsOf(client, workflowId)).forEach(add);
  if (taskQueue !== undefined)
    for (const { workflowId, runId } of await idsFound(client, `TaskQueue = '${taskQueue}'`))
      if (!runs.has(runId)) add(await readRun(client, workflowId, runId));
  for (const run of runs.values()) await replayRun(run);
  const open = [...runs.values()].filter((run) => run.open && allOpen === undefined && !leftOpen.has(run.workflowId));
  if (open.length > 0)
    throw new Error(
      `Still under way when its test ended: ${open.map((run) => run.workflowId).join(', ')}. End it in the test, or say with mayStayOpen why it may be.`,
    );
}

/** The same on a connection of its own, which is made only if there is a dream. */
export async function replayDreams(database: Database, allOpen?: string): Promise<void> {
  if ((await dreamsIn(database)).length === 0) return;
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  try {
    await replayStarted({ database, ...(allOpen === undefined ? {} : { allOpen }) }, new Client({ connection }));
  } finally {
    await connection.close();
  }
}

/** Replays one run, with `replayer` where other code than today's ran it, and notes it, so that the end of all tests knows what none of them looked at. */
export async function replayRun({ workflowId, runId, history }: Execution, replayer = replay): Promise<void> {
  const events = history.events ?? [];
  const from = performance.now();
  // Before its first task was done no code has decided anything; the SDK has nothing to replay.
  if (events.some((event) => event.workflowTaskCompletedEventAttributes)) await replayer(workflowId, history);
  const line = `${workflowId} ${runId} ${String(events.length)} ${(performance.now() - from).toFixed(0)}\n`;
  appendFileSync(join(inject('replayedFolder'), `${String(process.pid)}.txt`), line);
}

async function dreamsIn(database: Database): Promise<string[]> {
  const rows = await withWorkspace(database, workspaceId, (tx) => tx.execute<{ workflow_id: string }>(sql`select workflow_id from dreams`));
  return rows.map((row) => row.workflow_id);
}
