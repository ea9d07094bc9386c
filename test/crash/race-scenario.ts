/** Two who write to one store: two dreams over one alias, or a dream that updates a store and a person who edits it. */
import { moveAlias } from '../../db/aliases.ts';
import type { Database } from '../../db/database.ts';
import { openDatabase, withWorkspace } from '../../db/database.ts';
import { agent, seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import type { Seeded, Servers } from './databases.ts';
import { copyDatabase, withDatabase } from './databases.ts';
import type { Scenario } from './scenario.ts';
import { editByHand } from './edit-by-hand.ts';
import { committed } from './scenario.ts';

export interface Race {
  what: string;
  /** What the second writer is told; the first is told the port. */
  says: string[];
}

/** Apart: both can stand, whoever comes first. Together: they change the same memory. */
export const races: readonly Race[] = [
  { what: 'different memories', says: ['Jonas moved to the search team, Ada writes the release notes now.'] },
  { what: 'the same memory', says: ['We deploy on Fridays now, not on Tuesdays.'] },
];

const alias = 'prod-agent';
const underAlias: Scenario['dream'] = { options: { alias } };

const files = {
  '/notes.md': '# Notes\n\n- The API listens on port 3000.\n- Deploys go out on Tuesdays.\n- The staging host is called heron.\n',
  '/people.md': '# People\n\n- Mara leads the billing team.\n- Jonas writes the release notes.\n',
};

async function seed<T>(servers: Servers, work: (database: Database, storeId: string, firstSession: string) => Promise<T>) {
  const template = await copyDatabase(servers, servers.template);
  const database = openDatabase(withDatabase(servers.databaseUrl, template), { max: 2 });
  try {
    const storeId = await seedStore(database, files);
    const sessionId = await seedSession(database, '2026-10-01T09:00:00Z', [
      user('The API listens on port 4100 now, we moved it yesterday.'),
      agent('Noted, port 4100.'),
    ]);
    const made = await work(database, storeId, sessionId);
    return { template, storeId, made };
  } finally {
    await database.close();
  }
}

/** Two dreams that start from the store that an alias names, and will both move the alias. */
export async function seedTwoDreams(servers: Servers, { what, says }: Race): Promise<[Seeded, Seeded]> {
  const { template, storeId, made } = await seed(servers, async (database, storeId, first) => {
    const second = await seedSession(database, '2026-10-11T09:00:00Z', says.map(user));
    await withWorkspace(database, workspaceId, (tx) => moveAlias(tx, { workspaceId, name: alias, kind: 'set', storeId, by: 'test' }));
    return [
      await seedDream(database, { ...underAlias, storeId, sessionIds: [first] }),
      await seedDream(database, { ...underAlias, storeId, sessionIds: [second] }),
    ] as const;
  });
  const scenario: Scenario = { ...committed, name: what, dream: underAlias };
  return [
    { scenario, template, storeId, dreamId: made[0] },
    { scenario, template, storeId, dreamId: made[1] },
  ];
}

const updating: Scenario['dream'] = { outputBehavior: 'update_existing' };

export async function seedUpdate(servers: Servers): Promise<Seeded> {
  const { template, storeId, made } = await seed(servers, (database, storeId, session) =>
    seedDream(database, { ...updating, storeId, sessionIds: [session] }),
  );
  return { scenario: { ...committed, name: 'update', dream: updating }, template, storeId, dreamId: made };
}

/** Somebody writes into the store by hand. */
export async function editIn(race: Race, database: Database, storeId: string): Promise<void> {
  const path = race.what === 'the same memory' ? '/notes.md' : '/people.md';
  const content = `${files[path]}- ${race.says.join(' ')}\n`;
  await editByHand(database, { storeId, item: 'edit by hand', path, content });
}
