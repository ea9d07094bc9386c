import { createHash } from 'node:crypto';
import postgres from 'postgres';

export interface Rows {
  /** Every row of every table, in a form that two runs of the same dream have in common. */
  tables: Record<string, string[]>;
  /** Of paths and hashes of what stands in the dream's output store. */
  digest: string;
}

/** Filled by the archiver beside a dream, with ids of the run. */
const besides = ['histories', 'bundles'];
const isoTime = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g;

/** Reads with an administrator's eyes: row-level security hides nothing. */
export async function readRows(adminUrl: string, dreamId: string): Promise<Rows> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const names = await admin<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
    const lives = (await admin<{ id: string }[]>`select id from sessions where source_kind = 'dream'`).map(({ id }) => id);
    const tables: Record<string, string[]> = {};
    for (const { name } of names) {
      if (besides.includes(name)) continue;
      const rows = await admin<{ row: string }[]>`select row_to_json(t)::text as row from ${admin(name)} t`;
      tables[name] = rows.map(({ row }) => normalise(name, JSON.parse(row) as Record<string, unknown>, lives)).sort();
    }
    for (const live of lives) await assertGapless(admin, live);
    return { tables, digest: await digestOf(admin, dreamId) };
  } finally {
    await admin.end();
  }
}

/** Times differ from run to run, the workflow's id is the run's, and packs end in any order. */
function normalise(table: string, row: Record<string, unknown>, lives: readonly string[]): string {
  const masked: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) masked[column] = column.endsWith('_at') && value !== null ? '<time>' : value;
  if (table === 'dreams') Object.assign(masked, { workflow_id: '<workflow>', history_state: '<state>' });
  if (table === 'session_events' && lives.includes(String(row['session_id']))) {
    masked['number'] = '<number>';
    // A hash over a time.
    if (JSON.stringify(row['payload']).search(isoTime) !== -1) masked['sha256'] = '<hash>';
  }
  return JSON.stringify(masked).replace(isoTime, '<time>');
}

/** Numbers of live events were taken out of the comparison; they are 1, 2, 3 and so on, and behind an end comes nothing, or another beginning. */
async function assertGapless(admin: postgres.Sql, liveId: string): Promise<void> {
  const events = await admin<{ number: number; type: string }[]>`
    select number, type from session_events where session_id = ${liveId} order by number`;
  const wrong = events.findIndex(({ number }, index) => number !== index + 1);
  if (wrong !== -1) throw new Error(`The live session has no event ${String(wrong + 1)}.`);
  const late = events.findIndex(
    ({ type }, index) => type !== 'session.status_running' && events[index - 1]?.type === 'session.status_terminated',
  );
  if (late !== -1) throw new Error(`The live session goes on after its end, event ${String(late + 1)}.`);
}

async function digestOf(admin: postgres.Sql, dreamId: string): Promise<string> {
  const heads = await admin<{ path: string; sha256: string }[]>`
    select v.path, v.sha256 from dreams d
    join memories m on m.store_id = d.output_store_id and m.workspace_id = d.workspace_id
    join memory_versions v on v.id = m.version_id and v.workspace_id = m.workspace_id
    where d.id = ${dreamId} order by v.path collate "C"`;
  return createHash('sha256')
    .update(JSON.stringify(heads.map(({ path, sha256 }) => [path, sha256])))
    .digest('hex');
}

/** What one run has and the other has not, table by table; nothing where they are the same. */
export function differences(expected: Rows, found: Rows): string[] {
  const said: string[] = [];
  if (expected.digest !== found.digest) said.push(`the digest of the store is ${found.digest}, not ${expected.digest}`);
  for (const table of new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)])) {
    const missing = without(expected.tables[table] ?? [], found.tables[table] ?? []);
    const extra = without(found.tables[table] ?? [], expected.tables[table] ?? []);
    for (const row of missing) said.push(`${table} lacks ${row.slice(0, 600)}`);
    for (const row of extra) said.push(`${table} has besides ${row.slice(0, 600)}`);
  }
  return said;
}

/** As lists: a row that is there twice and should be there once is left over. */
function without(rows: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(row, (counts.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = counts.get(row) ?? 0;
    counts.set(row, count - 1);
    return count <= 0;
  });
}
