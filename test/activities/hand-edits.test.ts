import { afterAll, beforeAll, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import type { Facade } from '../client/support.ts';
import { facade } from '../client/support.ts';
import { edit, filesOf } from '../dream/rebase-support.ts';
import { runToDraft, stepRunner } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

let engine: ReturnType<typeof createOfflineEngine>;
beforeAll(() => (engine = createOfflineEngine({ threads: 1 })));
afterAll(() => engine.close());

const file = '/api.md';
const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Dreams over what was said on these days, counted from now; answers the new store. */
async function dreamOver({ database }: Facade, storeId: string, said: readonly (readonly [days: number, words: string])[]) {
  const run = stepRunner(createActivities({ database, engines: { offline: engine } }));
  const sessionIds: string[] = [];
  for (const [days, words] of said) sessionIds.push(await seedSession(database, daysFromNow(days), [user(words)]));
  const dreamId = await seedDream(database, { storeId, sessionIds });
  const input = { workspaceId, dreamId };
  const draft = await runToDraft(run, dreamId);
  expect(await run('checkDraft', { ...input, draftId: draft.draftId })).toMatchObject({ ok: true });
  await run('commitDream', { ...input, draftId: draft.draftId, digest: draft.digest });
  return (await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId))).outputStoreId ?? '';
}

async function textOf({ database }: Facade, storeId: string): Promise<string> {
  return (await filesOf(database, storeId))[file] ?? '';
}

async function rewrite(given: Facade, storeId: string, from: string, to: string): Promise<void> {
  const content = await textOf(given, storeId);
  expect(content).toContain(from);
  await edit(given.database, storeId, [{ kind: 'write', path: file, content: content.replace(from, to) }]);
}

const old = [-80, 'The api port is 8000.'] as const;

/** A store in which a dream wrote port 9000 and a person 9500 since. */
async function edited() {
  const given = await facade({ address: null });
  const seeded = await seedStore(given.database, { [file]: '# Api\n\n- The api port is 7000.\n- Lint with oxlint.\n' });
  const storeId = await dreamOver(given, seeded, [[-30, 'The api port is 9000.']]);
  await rewrite(given, storeId, '9000', '9500');
  return { given, storeId };
}

it('a line that a person wrote stands against sessions older than the edit', async () => {
  const { given, storeId } = await edited();
  const text = await textOf(given, await dreamOver(given, storeId, [old]));
  expect(text).toContain('9500');
  expect(text).not.toContain('8000');
});

it('and falls to a session later than the edit', async () => {
  const { given, storeId } = await edited();
  const text = await textOf(given, await dreamOver(given, storeId, [old, [1, 'The api port is 9700.']]));
  expect(text).toContain('9700');
  expect(text).not.toContain('9500');
});

it('stands after another edit, and in the nights that follow, also where a dream wrote its file again', async () => {
  const { given, storeId } = await edited();
  await rewrite(given, storeId, 'Lint', 'Always lint');
  const first = await dreamOver(given, storeId, [[-20, 'Always run the api tests before a push.']]);
  const second = await dreamOver(given, first, [[1, 'The api key is rotated by Ilse every Monday.']]);
  const text = await textOf(given, await dreamOver(given, second, [old]));
  expect(text).toContain('9500');
  expect(text).not.toContain('8000');
});

it('leaves lines that the edit only moved as old as they were', async () => {
  const given = await facade({ address: null });
  const storeId = await seedStore(given.database, { [file]: '# Api\n\n- The api port is 7000.\n- Lint with oxlint.\n' });
  await rewrite(given, storeId, '- The api port is 7000.\n- Lint with oxlint.', '* Lint with eslint.\n* The api port is 7000.');
  const text = await textOf(given, await dreamOver(given, storeId, [old]));
  expect(text).toContain('8000');
  expect(text).not.toContain('7000');
});
