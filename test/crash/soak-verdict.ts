/** What must be true of a dream whatever was done to it. */
import postgres from 'postgres';
import type { DreamRun } from './dream-run.ts';
import { answersOf, askedInVain } from './journal.ts';
import type { Reference } from './reference.ts';
import { differences } from './rows.ts';
import type { Deed } from './soak-plan.ts';

/** Engine steps that a worker works on at once. */
const threads = 2;

export async function judge(
  run: DreamRun,
  reference: Reference,
  { canceled, done, workers }: { canceled: boolean; done: readonly Deed['act'][]; workers: number },
): Promise<string[]> {
  const { journal } = run;
  const count = (...acts: Deed['act'][]) => done.filter((act) => acts.includes(act)).length;
  // Who lives keeps what is in hand until the database is back, but for who is told to stop meanwhile; without Temporal every worker
  // may be taken for dead.
  const deaths = count('kill', 'stop') + workers * (count('Temporal') + (count('SIGTERM') > 0 ? count('PostgreSQL') : 0));
  const extra = answersOf(journal).length - reference.answers;
  const inVain = askedInVain(journal).length;
  // Who was frozen, or was taken for dead while no server listened, may ask once more when it goes on.
  const late = count('stop', 'Temporal');
  return [
    ...(extra > threads * deaths
      ? [`${String(extra)} answers were asked for again after ${String(deaths)} deaths of workers with ${String(threads)} in hand.`]
      : []),
    ...(inVain > threads * late ? [`${String(inVain)} questions were asked although their answer was stored.`] : []),
    ...(canceled ? await judgeCanceled(run) : differences(reference.rows, await run.rows())),
  ];
}

interface CanceledRow {
  status: string;
  outcome: string;
  operations: number;
  moves: number;
  written: number;
  terminated: number;
  last: string | null;
}

/** Canceled means: no operation, no alias moved, the output store an unchanged copy, and the live session closed once. */
export async function judgeCanceled(run: DreamRun): Promise<string[]> {
  const admin = postgres(run.adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await admin<CanceledRow[]>`
      select d.status, d.outcome,
        (select count(*)::int from operations o where o.dream_id = d.id) as operations,
        (select count(*)::int from alias_moves a where a.dream_id = d.id) as moves,
        (select count(*)::int from memory_stores s where s.id = d.output_store_id and s.id <> d.input_store_id and s.revision <> 0) as written,
        (select count(*)::int from session_events e where e.session_id = d.session_id and e.type = 'session.status_terminated') as terminated,
        (select e.type from session_events e where e.session_id = d.session_id order by e.number desc limit 1) as last
      from dreams d where d.id = ${run.seeded.dreamId}`;
    if (row === undefined) return ['The dream is gone.'];
    const { status, outcome, operations, moves, written, terminated, last } = row;
    return [
      ...(status === 'canceled' && outcome === 'canceled' ? [] : [`The canceled dream is ${status}, with the outcome ${outcome}.`]),
      ...(operations + moves + written === 0
        ? []
        : [
            `The canceled dream left ${String(operations)} operations, ${String(moves)} moves of an alias and ${String(written)} changed stores.`,
          ]),
      // One that was canceled before it was opened has no live session.
      ...(last === null || (terminated === 1 && last === 'session.status_terminated')
        ? []
        : [`The live session was closed ${String(terminated)} times and ends with ${last}.`]),
    ];
  } finally {
    await admin.end();
  }
}
