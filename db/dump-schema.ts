import postgres from 'postgres';

interface Row {
  line: string;
}

/**
 * The schema as PostgreSQL has it, in a fixed order: what `db/schema.sql` holds, so that a review sees the final shape and
 * not only the delta. pg_dump is not part of the embedded server, and its output differs from version to version.
 */
export async function dumpSchema(adminUrl: string): Promise<string> {
  const client = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const tables = await client<
      { name: string }[]
    >`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`;
    const parts = ['-- The schema that the migrations in db/migrations lead to. Written by "npm run db:schema"; a test compares it.'];
    for (const { name } of tables) parts.push(await dumpTable(client, name));
    parts.push(await dumpFunctions(client));
    return `${parts.join('\n\n')}\n`;
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function dumpTable(client: postgres.Sql, name: string): Promise<string> {
  const columns = await client<Row[]>`
    select format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = ${name}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;
  const constraints = await client<Row[]>`
    select format('  constraint %I %s', conname, pg_get_constraintdef(oid)) as line from pg_constraint
    where conrelid = ${name}::regclass and contype <> 'n' order by contype, conname`;
  const indexes = await client<Row[]>`
    select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i
    where i.indrelid = ${name}::regclass and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
    order by i.indexrelid::regclass::text`;
  const security = await client<Row[]>`
    select format('alter table %I %s row level security;', relname, word) as line
    from pg_class, lateral (values (relrowsecurity, 'enable'), (relforcerowsecurity, 'force')) as flags (is_set, word)
    where oid = ${name}::regclass and is_set order by word`;
  const policies = await client<Row[]>`
    select format('create policy %I on %I for %s to %s using %s%s;', policyname, tablename, lower(cmd), array_to_string(roles, ', '), qual, coalesce(' with check ' || with_check, '')) as line
    from pg_policies where schemaname = 'public' and tablename = ${name} order by policyname`;
  const grants = await client<Row[]>`
    select format('grant %s on %I to %I;', string_agg(lower(privilege_type), ', ' order by privilege_type), table_name, grantee) as line
    from information_schema.role_table_grants where table_schema = 'public' and table_name = ${name} and grantee like 'open_dreams%'
    group by table_name, grantee order by grantee`;
  const body = [...columns, ...constraints].map((row) => row.line).join(',\n');
  return [`create table ${name} (\n${body}\n);`, ...[...indexes, ...security, ...policies, ...grants].map((row) => row.line)].join('\n');
}

async function dumpFunctions(client: postgres.Sql): Promise<string> {
  const functions = await client<Row[]>`
    select format(E'-- owner: %s\n%s;', pg_get_userbyid(proowner), rtrim(pg_get_functiondef(oid), E'\n')) as line
    from pg_proc where pronamespace = 'public'::regnamespace order by proname`;
  return functions.map((row) => row.line).join('\n\n');
}
