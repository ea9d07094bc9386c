import postgres from 'postgres';
import { openDatabase } from '../../db/database.ts';
import type { Scenario } from './scenario.ts';
import { seedScenario } from './scenario.ts';

/** The servers that a test works with; vitest's own, or ones that it may kill. */
export interface Servers {
  temporalAddress: string;
  databaseUrl: string;
  databaseAdminUrl: string;
  /** A migrated, empty database there. */
  template: string;
  bundlePath: string;
  /** The tests' worker, compiled; without it each process compiles its own. */
  workerPath?: string;
  /** Where vitest's shared Temporal server has its replays noted; without it they are only done. */
  replayedFolder?: string;
}

export interface Seeded {
  scenario: Scenario;
  /** Name of the database that each run copies, so that all ids are equal. */
  template: string;
  dreamId: string;
  storeId: string;
}

let made = 0;

export function nameDatabase(): string {
  return `crash_${String(process.pid)}_${String(++made)}`;
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function administer(servers: Servers, statement: string): Promise<void> {
  const admin = postgres(withDatabase(servers.databaseAdminUrl, 'postgres'), { max: 1, onnotice: () => undefined });
  try {
    await admin.unsafe(statement);
  } finally {
    await admin.end();
  }
}

export async function copyDatabase(servers: Servers, template: string): Promise<string> {
  const name = nameDatabase();
  await administer(servers, `create database ${name} template ${template}`);
  return name;
}

export async function dropDatabase(servers: Servers, name: string): Promise<void> {
  await administer(servers, `drop database if exists ${name} with (force)`);
}

/** A database that holds a scenario's dream, not yet started. */
export async function seedTemplate(servers: Servers, scenario: Scenario): Promise<Seeded> {
  const template = await copyDatabase(servers, servers.template);
  const database = openDatabase(withDatabase(servers.databaseUrl, template), { max: 2 });
  try {
    return { scenario, template, ...(await seedScenario(database, scenario)) };
  } finally {
    await database.close();
  }
}

/**
 * Hands the answers that a run of a template's copy was given to the template itself, as if an earlier attempt had been asked: runs
 * that are about what comes after the engine then wait for none.
 */
export async function keepAnswersOf(servers: Servers, run: string, template: string): Promise<void> {
  const open = (name: string) => postgres(withDatabase(servers.databaseAdminUrl, name), { max: 1, onnotice: () => undefined });
  const [from, to] = [open(run), open(template)] as const;
  try {
    const rows = await from<{ row: string }[]>`select row_to_json(t)::text as row from model_calls t`;
    await to.unsafe('insert into model_calls select * from json_populate_recordset(null::model_calls, $1::text::json)', [
      `[${rows.map(({ row }) => row).join(',')}]`,
    ]);
  } finally {
    await from.end();
    await to.end();
  }
}

/** A copy of a seeded dream runs under a workflow id of its own: the server remembers those that ended. */
export async function setWorkflowId(adminUrl: string, dreamId: string, workflowId: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await admin`update dreams set workflow_id = ${workflowId} where id = ${dreamId}`;
  } finally {
    await admin.end();
  }
}
