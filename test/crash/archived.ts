import { setTimeout as sleep } from 'node:timers/promises';
import { openDriver } from '../../db/driver.ts';
import { isDatabaseAway } from '../../db/database-away.ts';

/** Of a dream whose run was closed: what the archive has of it. */
export interface InArchive {
  state: string;
  histories: number;
  bundles: number;
}

const withinMs = 120_000;

/** Waits until the archiver is done with a dream, over a database that is away; answers what it has then, or has still not when the time is over. */
export async function untilArchived(adminUrl: string, dreamId: string): Promise<InArchive> {
  const admin = openDriver(adminUrl, { max: 1, onnotice: () => undefined });
  const deadline = Date.now() + withinMs;
  try {
    for (;;) {
      const isLate = Date.now() > deadline;
      try {
        const [found] = await admin<InArchive[]>`
          select d.history_state as state, (select count(*)::int from histories where dream_id = d.id) as histories,
            (select count(*)::int from bundles) as bundles
          from dreams d where d.id = ${dreamId}`;
        if (found === undefined) throw new Error(`There is no dream ${dreamId}.`);
        if (found.state !== 'due' || isLate) return found;
      } catch (error) {
        if (!isDatabaseAway(error) || isLate) throw error;
      }
      await sleep(100);
    }
  } finally {
    await admin.end();
  }
}

/** Waits until every live session of a database is closed: a sweep may do that behind the run's end. */
export async function untilLiveEnded(adminUrl: string): Promise<void> {
  const admin = openDriver(adminUrl, { max: 1, onnotice: () => undefined });
  const deadline = Date.now() + withinMs;
  try {
    while ((await admin`select 1 from sessions where source_kind = 'dream' and status <> 'terminated'`).length > 0) {
      if (Date.now() > deadline) throw new Error('A live session goes on though its dream has ended.');
      await sleep(100);
    }
  } finally {
    await admin.end();
  }
}
