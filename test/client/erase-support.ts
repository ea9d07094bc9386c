/** What the tests of erasures share: transcripts with words to look for, and a search through the whole database. */
import postgres from 'postgres';
import { expect } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import { said } from './support.ts';

export const memory = {
  'notes/dev.md':
    '# Development\n\n- The API listens on port 3000.\n- Orders are kept in cents.\n- Deploys go out on Tuesdays.\n- The staging database is called harbor.\n',
  'policies/rules.md': '# Rules\n\n- Two reviewers for every change.\n- Every service has an owner.\n',
};

/** The session that the tests erase. */
export const doomed = {
  id: 's-a',
  title: 'Wilhelmina moves the port',
  created_at: '2026-10-01T09:00:00Z',
  events: [
    said('e1', '2026-10-01T09:00:00Z', 'The API listens on port 4100 now, not 3000. Remember that.'),
    said('e2', '2026-10-01T09:01:00Z', 'From now on the release captain is Wilhelmina Quarterstaff.'),
    said('e3', '2026-10-01T09:02:00Z', 'Always run the lighthouse smoke suite before a rollout.'),
    said('e4', '2026-10-01T09:03:00Z', 'We keep the ember feature flags in the cinder repository.'),
    said('e5', '2026-10-01T09:04:00Z', 'The key for it is EMBER_TOKEN=ghp_0a1B2c3D4e5F6a7B8c9D0e1F2a3B4c5D6e7F as of today.'),
    said('e6', '2026-10-01T09:05:00Z', 'From now on always use named exports, never default exports.'),
    said('e7', '2026-10-01T09:06:00Z', 'Error: connection refused by the lantern proxy at 10.7.7.7', 'tool'),
    said('e8', '2026-10-01T09:07:00Z', 'From now on use the pnpm package manager.'),
    said('e9', '2026-10-01T09:08:00Z', 'No, do not squash the commits, keep every commit as it is.'),
    said('e10', '2026-10-01T09:09:00Z', 'From now on orders are kept in whole cents, always.'),
  ],
};

/** Words that stand in it and nowhere else, also as facts and lines of memories word them. */
export const planted = [
  'listens on port 4100',
  'Wilhelmina',
  'Quarterstaff',
  'run the lighthouse smoke suite before',
  'ember feature flags',
  'cinder repository',
  'ghp_0a1B2c3D4e5F',
  'lantern proxy',
  'use the pnpm package manager',
  'do not squash the commits, keep every',
  'kept in whole cents, always',
];

export const others = [
  {
    id: 's-b',
    title: 'Style',
    created_at: '2026-10-05T09:00:00Z',
    events: [
      said('e1', '2026-10-05T09:00:00Z', 'From now on always use named exports, never default exports.'),
      said('e2', '2026-10-05T09:01:00Z', 'Please use pnpm as the package manager from now on.'),
      said('e3', '2026-10-05T09:02:00Z', 'Always run the smoke suite of lighthouse before you roll out.'),
      said('e4', '2026-10-05T09:03:00Z', 'No, do not squash commits. Keep each commit.'),
    ],
  },
  {
    id: 's-c',
    title: 'Later',
    created_at: '2026-10-09T09:00:00Z',
    events: [said('e1', '2026-10-09T09:00:00Z', 'From now on deploys go out on Thursdays, not on Tuesdays.')],
  },
];

export async function dream(
  client: DreamsClient,
  storeId: string,
  sessionIds: string[],
  outputBehavior: 'create_new' | 'update_existing' = 'create_new',
): Promise<{ dreamId: string; output: string }> {
  const created = await client.createDream({ storeId, sessionIds, model: 'offline', outputBehavior });
  for await (const item of client.watchDream(created.dream.id))
    if (item.kind === 'end') {
      expect(item.dream).toMatchObject({ status: 'completed', open_dreams: { outcome: 'committed' } });
      return { dreamId: created.dream.id, output: item.dream.outputs[0]?.memory_store_id ?? '' };
    }
  throw new Error('The watch did not end with the dream.');
}

/** Table and row of everything in the database that holds one of these words, in whatever column. */
export async function searchDatabase(adminUrl: string, words: readonly string[]): Promise<string[]> {
  const admin = postgres(adminUrl, { max: 1 });
  try {
    const found: string[] = [];
    const tables = await admin<
      { name: string }[]
    >`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const binary = (
        await admin<{ name: string }[]>`
        select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${name} and data_type = 'bytea'`
      ).map((column) => column.name);
      for (const row of await admin`select row_to_json(one)::text as json, * from ${admin(name)} one`) {
        const texts = [String(row['json']), ...binary.map((column) => new TextDecoder().decode(row[column] as Uint8Array))];
        for (const word of words)
          if (texts.some((text) => text.includes(word))) found.push(`${name}: ${word}: ${texts[0]?.slice(0, 300) ?? ''}`);
      }
    }
    return found;
  } finally {
    await admin.end();
  }
}

/** The memories of a store as one text each. */
export async function readStore(client: DreamsClient, storeId: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { id, path } of (await client.showStore(storeId)).memories) files[path] = (await client.showMemory(id)).content;
  return files;
}
