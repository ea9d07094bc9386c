import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { readEvents } from '../../db/events.ts';
import { workspaceId } from '../support/seeds.ts';
import { caseFile, facade, markdown, said } from './support.ts';

const first = said('e1', '2026-10-01T09:00:00Z', 'The API listens on port 3000.');
const second = said('e2', '2026-10-01T09:01:00Z', 'Noted.', 'assistant');
const third = said('e3', '2026-10-02T09:00:00Z', 'It listens on 4100 now.');
const session = (events: (typeof first)[], id = 's1') => ({ id, title: 'Ports', created_at: '2026-10-01T09:00:00Z', events });

it('imports a session once, also under another file name', async () => {
  const { client } = await facade({ address: null });
  const one = await client.importSources([caseFile('a.json', [session([first, second])])]);
  const two = await client.importSources([caseFile('renamed.json', [session([first, second])])]);
  expect(one.sessions).toEqual([{ id: expect.stringMatching(/^sesn_01/) as string, title: 'Ports', events: 2, new_events: 2 }]);
  expect(two.sessions).toEqual([{ ...one.sessions[0], new_events: 0 }]);
  expect(await client.listSessions()).toHaveLength(1);
});

it('adds only what is new to a session that grew', async () => {
  const { client, database } = await facade({ address: null });
  const {
    sessions: [known],
  } = await client.importSources([caseFile('a.json', [session([first, second])])]);
  const {
    sessions: [grown],
  } = await client.importSources([caseFile('a.json', [session([first, second, third])])]);
  expect(grown).toEqual({ ...known, events: 3, new_events: 1 });
  const events = await withWorkspace(database, workspaceId, (tx) => readEvents(tx, known?.id ?? '', 1, 9));
  expect(events.map((event) => [event.number, event.type])).toEqual([
    [1, 'user.message'],
    [2, 'agent.message'],
    [3, 'user.message'],
  ]);
});

it('keeps what it has and says so when a session reads differently from before', async () => {
  const { client } = await facade({ address: null });
  await client.importSources([caseFile('a.json', [session([first, second])])]);
  const { sessions, problems } = await client.importSources([caseFile('a.json', [session([first, third])])]);
  expect(sessions[0]).toMatchObject({ events: 3, new_events: 1 });
  expect(problems.map((problem) => problem.code)).toEqual(['diverged_copies']);
});

it('takes two sessions of one id for two when they begin differently', async () => {
  const { client } = await facade({ address: null });
  await client.importSources([caseFile('a.json', [session([first])])]);
  await client.importSources([caseFile('b.json', [session([third])])]);
  expect(await client.listSessions()).toHaveLength(2);
});

it('answers the same Markdown folder with the store that is there, and a changed one with a new store', async () => {
  const { client } = await facade({ address: null });
  const files = { 'CLAUDE.md': '# Rules\n\n- Use tabs.\n', 'notes/a.md': 'a\r\n' };
  const one = await client.importSources(markdown(files), { folderName: 'memory' });
  const two = await client.importSources(markdown(files), { folderName: 'memory' });
  const three = await client.importSources(markdown({ ...files, 'notes/a.md': 'a\n' }), { folderName: 'memory' });
  expect(one.stores).toEqual([{ id: expect.stringMatching(/^memstore_01/) as string, name: 'memory', memories: 2, existed: false }]);
  expect(two.stores).toEqual([{ ...one.stores[0], existed: true }]);
  expect(three.stores[0]).toMatchObject({ existed: false });
  expect(three.stores[0]?.id).not.toBe(one.stores[0]?.id);
  expect((await client.listStores()).map((store) => store.memories)).toEqual([2, 2]);
});

it('keeps the bytes of a memory, NUL and byte order mark and all', async () => {
  const { client } = await facade({ address: null });
  const content = '\uFEFFa\u0000b\r\n\u{1F642}';
  const { stores } = await client.importSources(markdown({ 'odd.md': content }), { folderName: 'odd' });
  const [memory] = (await client.showStore(stores[0]?.id ?? '')).memories;
  expect(memory).toMatchObject({ path: '/odd.md', content: null, content_size_bytes: new TextEncoder().encode(content).length });
  expect((await client.showMemory(memory?.id ?? '')).content).toBe(content);
});

it('writes nothing in a dry run and says what would come in', async () => {
  const { client, database } = await facade({ address: null });
  const result = await client.importSources([caseFile('a.json', [session([first, second])], [{ path: '/a.md', content: '- x' }])], {
    dryRun: true,
  });
  expect(result.stores).toEqual([{ id: null, name: 'a', memories: 1, existed: false }]);
  expect(result.sessions).toEqual([{ id: null, title: 'Ports', events: 2, new_events: 2 }]);
  const [row] = await withWorkspace(database, workspaceId, (tx) =>
    tx.execute(
      sql`select (select count(*) from sessions) + (select count(*) from memory_stores) + (select count(*) from contents) as rows`,
    ),
  );
  expect(Number(row?.['rows'])).toBe(0);
});

it('writes nothing of a store that breaks a rule, and the rest comes in', async () => {
  const { client } = await facade({ address: null });
  const result = await client.importSources([
    caseFile(
      'a.json',
      [session([first])],
      [
        { path: '/a.md', content: '- x' },
        { path: '/../b.md', content: '- y' },
      ],
    ),
  ]);
  expect(result.problems.some((problem) => problem.fatal)).toBe(true);
  expect(result.stores).toEqual([]);
  expect(await client.listStores()).toEqual([]);
});

it('stores a message of 5 MB and one with a NUL as they are', async () => {
  const { client } = await facade({ address: null });
  const big = said('e1', '2026-10-01T09:00:00Z', `start ${'x'.repeat(5_000_000)} end\u0000`);
  const { sessions } = await client.importSources([caseFile('a.json', [session([big])])]);
  const shown = await client.showSession(sessions[0]?.id ?? '');
  expect(shown.events[0]?.['content']).toEqual([{ type: 'text', text: big.text }]);
});

it('imports the same session once when two imports of it run at once', async () => {
  const { client } = await facade({ address: null });
  const files = [caseFile('a.json', [session([first, second, third])])];
  await Promise.all([client.importSources(files), client.importSources(files)]);
  const listed = await client.listSessions();
  expect(listed.map((one) => one.open_dreams.events)).toEqual([3]);
});
