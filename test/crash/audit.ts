import postgres from 'postgres';

/**
 * Triggers on every table that write down which transaction changed it, so that a write outside an effect is seen. The table
 * lies in a schema of its own, where no dump of rows looks.
 */
export async function auditWrites(adminUrl: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await admin.unsafe(`
      create schema audit;
      create table audit.writes (xid xid8 not null, name text not null, source text not null);
      create function audit.note() returns trigger language plpgsql security definer set search_path = audit, pg_temp as $$
      begin
        insert into audit.writes values (pg_current_xact_id(), tg_table_name, current_setting('application_name'));
        return null;
      end $$;`);
    const tables = await admin<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
    for (const { name } of tables)
      await admin.unsafe(
        `create trigger noted after insert or update or delete on ${name} for each statement execute function audit.note()`,
      );
  } finally {
    await admin.end();
  }
}

/** Transactions of a source that changed a row of the dream's tables. */
export async function countWriters(adminUrl: string, source: string): Promise<number> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    // A history is archived beside the dream, by no step.
    const [row] = await admin<{ count: number }[]>`
      select count(distinct xid)::int as count from audit.writes w where source = ${source}
        and not exists (select 1 from audit.writes o where o.xid = w.xid and o.name in ('histories', 'bundles'))`;
    return row?.count ?? 0;
  } finally {
    await admin.end();
  }
}
