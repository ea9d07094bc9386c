import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { seedSession, seedStore, tool, user, workspaceId } from '../support/seeds.ts';
import { quoted, recordDream, remembered } from './erase-record.ts';
import { readStore, searchDatabase } from './erase-support.ts';
import { facade } from './support.ts';

const by = 'nina';
const gate = 'The walrus badge opens the north gate.';
const ink = 'The squid ink printer jams on humid mornings.';
const inkOther = 'On humid days the printer on the second floor jams.';

async function scene() {
  const opened = await facade({ address: null });
  const { database } = opened;
  const imported = '# Office\n\n- The printer is on the second floor.\n- The kettle is blue.\n';
  const storeId = await seedStore(database, { '/office.md': imported });
  const a = await seedSession(database, '2026-10-01T09:00:00Z', [
    user(ink),
    user('The kettle is blue.'),
    user('Order paper at Figworth & Sons.'),
  ]);
  const b = await seedSession(database, '2026-10-02T09:00:00Z', [
    user(inkOther),
    user('The kettle is blue.'),
    user('The door code changes monthly.'),
  ]);
  return { ...opened, imported, storeId, a, b };
}

it('keeps a line that a memory or another session supports, in words that are still somebody’s', async () => {
  const { client, database, adminUrl, imported, storeId, a, b } = await scene();
  const [inkOfA, inkOfB] = [await quoted(database, a, ink), await quoted(database, b, inkOther)];
  const kettle = await remembered(database, storeId, '/office.md', imported, 'The kettle is blue.');
  const files = {
    '/_index.md':
      '# Index\n\n- [/figworth.md](/figworth.md): Figworth (1 statement)\n- [/office.md](/office.md): Office (3 statements)\n- [/open-conflicts.md](/open-conflicts.md): Open conflicts (1 statement)\n- [/patterns.md](/patterns.md): Patterns (1 statement)\n',
    '/office.md': `# Office\n\n- The printer is on the second floor.\n- The kettle is blue.\n- ${ink}\n`,
    '/patterns.md': '# Patterns\n\n- The printer jams on humid days again and again.\n',
    '/open-conflicts.md': '# Open conflicts\n\n- Is the kettle blue or not? One said so, the memory too.\n',
    '/figworth.md': '# Figworth\n\n- Order paper at Figworth & Sons.\n',
  };
  const { output, dreamId } = await recordDream(database, {
    storeId,
    sessionIds: [a, b],
    files,
    lines: [
      {
        path: '/office.md',
        text: '- The kettle is blue.',
        kind: 'merge',
        evidence: [await quoted(database, a, 'The kettle is blue.'), kettle],
      },
      { path: '/office.md', text: `- ${ink}`, evidence: [inkOfA, inkOfB] },
      { path: '/patterns.md', text: '- The printer jams on humid days again and again.', kind: 'pattern', evidence: [inkOfA, inkOfB] },
      {
        path: '/open-conflicts.md',
        text: '- Is the kettle blue or not? One said so, the memory too.',
        kind: 'open_conflict',
        evidence: [await quoted(database, a, 'The kettle is blue.'), kettle],
      },
      {
        path: '/figworth.md',
        text: '- Order paper at Figworth & Sons.',
        evidence: [await quoted(database, a, 'Order paper at Figworth & Sons.')],
      },
    ],
    facts: [
      { statement: ink, evidence: inkOfA },
      { statement: inkOther, evidence: inkOfB },
    ],
  });
  const { report } = await client.eraseSession(a, { by });
  expect(await readStore(client, output)).toEqual({
    // An emptied memory stays, so that the dream that made it can be taken back.
    '/_index.md':
      '# Index\n\n- [/figworth.md](/figworth.md)\n- [/office.md](/office.md): Office (3 statements)\n- [/open-conflicts.md](/open-conflicts.md)\n- [/patterns.md](/patterns.md): Patterns (1 statement)\n',
    '/figworth.md': '',
    '/open-conflicts.md': '',
    '/office.md': `# Office\n\n- The printer is on the second floor.\n- The kettle is blue.\n- ${inkOther}\n`,
    '/patterns.md': files['/patterns.md'],
  });
  const at = (path: string, line: number) => ({ storeId: output, path, line });
  expect(report.gone).toEqual([at('/figworth.md', 3), at('/open-conflicts.md', 3)]);
  expect(report.emptied).toEqual(['/figworth.md', '/open-conflicts.md'].map((path) => ({ storeId: output, path })));
  expect(report.stayed).toEqual([
    { ...at('/office.md', 4), why: 'memory' },
    { ...at('/office.md', 5), why: 'reworded' },
    { ...at('/patterns.md', 3), why: 'other_session' },
  ]);
  expect(await readStore(client, storeId)).toEqual({ '/office.md': imported });
  expect(await searchDatabase(adminUrl, [ink, 'squid ink', 'Order paper'])).toEqual([]);
  expect(await searchDatabase(adminUrl, ['The kettle is blue', inkOther])).not.toEqual([]);
  // Evidence of lines that stay still points at its words.
  expect(await client.explainLine({ storeId: output, path: '/office.md', line: 4 })).toMatchObject({
    origin: 'change',
    evidence: [{ type: 'memory', quote: 'The kettle is blue.' }],
  });
  const changes = (await client.showDream(dreamId)).changes;
  expect(changes.map(({ kind, after }) => [kind, after])).toEqual([
    ['merge', 'The kettle is blue.'],
    ['add', inkOther],
    ['pattern', 'The printer jams on humid days again and again.'],
    ['open_conflict', `[erased with ${a}]`],
    ['add', `[erased with ${a}]`],
  ]);
  expect(changes.every((change) => change.reason === `[erased with ${a}]`)).toBe(true);
  // Each log says so, and what an erasure took is not given back.
  const [operation] = (await client.readLog(output)).operations;
  expect(operation).toMatchObject({ kind: 'erase', by, counts: { modified: 4 } });
  await expect(client.undoOperation(operation?.id ?? '', { by })).rejects.toMatchObject({ code: 'invalid_input' });
  // The dream can still be taken back, also where the erasure has emptied what it made.
  const made = (await client.readLog(output)).operations.find((one) => one.dream === dreamId);
  await client.undoOperation(made?.id ?? '', { by });
  expect(await readStore(client, output)).toEqual({});
});

it('takes out the words where a person’s edit or note repeats them, and leaves the same short words in a store that has no part in it', async () => {
  const { client, database, adminUrl, storeId, a, b } = await scene();
  const { output } = await recordDream(database, {
    storeId,
    sessionIds: [a],
    files: { '/a.md': `# A\n\n- ${ink}\n- Use the lift.\n- Paper is ordered at the usual place.\n` },
    lines: [
      { path: '/a.md', text: `- ${ink}`, evidence: [await quoted(database, a, ink)] },
      { path: '/a.md', text: '- Use the lift.', evidence: [await quoted(database, a, 'Order paper')] },
      { path: '/a.md', text: '- Paper is ordered at the usual place.', evidence: [await quoted(database, a, 'Order paper')] },
    ],
  });
  const stranger = await client.createStore('stranger');
  // Words of the dream's own making, which the session never said, are nobody's where they stand by right.
  const composed = 'Paper is ordered at the usual place.';
  const mine = `# S\n\n## ${composed}\n\n- Use the lift.\n- ${composed.replace('.', ', says Bo.')}\n`;
  await client.editStore(stranger.id, [{ kind: 'write', path: '/s.md', content: `${mine}- Mine: ${ink}\n` }], { by });
  await client.editStore(output, [{ kind: 'write', path: '/b.md', content: '# B\n\n- Use the lift.\n- My own line.\n' }], {
    by,
    note: `He said: ${ink}`,
  });
  const { report } = await client.eraseSession(a, { by });
  expect(await readStore(client, stranger.id)).toEqual({ '/s.md': mine });
  expect(await readStore(client, output)).toEqual({ '/a.md': '', '/b.md': '# B\n\n- My own line.\n' });
  expect(report.gone).toContainEqual({ storeId: stranger.id, path: '/s.md', line: 7 });
  expect((await client.readLog(output)).operations.find((one) => one.kind === 'edit')?.note).toBe(`[erased with ${a}]`);
  expect(await searchDatabase(adminUrl, [ink])).toEqual([]);
  expect(await client.showSession(b)).toMatchObject({ erasure: null });
});

it('leaves names in which its words stand, of people, files, stores and other sessions, and says where', async () => {
  const { client, database, adminUrl, storeId, a, b } = await scene();
  const { output } = await recordDream(database, {
    storeId,
    sessionIds: [a],
    files: { '/a.md': `# A\n\n- ${ink}\n` },
    lines: [{ path: '/a.md', text: `- ${ink}`, evidence: [await quoted(database, a, ink)] }],
  });
  const named = await client.createStore(ink);
  await client.editStore(output, [{ kind: 'write', path: `/${ink}.md`, content: '# B\n\n- My own line.\n' }], { by: ink });
  const { report } = await client.eraseSession(a, { by });
  expect(report.names.map((name) => name.place)).toEqual([
    'memories.path',
    'memory_stores.name',
    'memory_versions.created_by',
    'memory_versions.path',
    'operation_memories.path',
    'operations.by',
  ]);
  expect((await client.showStore(named.id)).name).toBe(ink);
  expect(await readStore(client, output)).toEqual({ '/a.md': '', [`/${ink}.md`]: '# B\n\n- My own line.\n' });
  // Nothing but those names holds them.
  const places = new Set((await searchDatabase(adminUrl, [ink])).map((found) => found.split(':')[0]));
  expect([...places].sort()).toEqual(['memories', 'memory_stores', 'memory_versions', 'operation_memories', 'operations']);
  expect(await client.showSession(a)).toMatchObject({ erasure: { by } });
  expect(await client.showSession(b)).toMatchObject({ erasure: null });
});

it('leaves the index to who wrote it, so that a dream can still be undone when a hand has added a file', async () => {
  const { client, database, storeId, a } = await scene();
  const { output } = await recordDream(database, {
    storeId,
    sessionIds: [a],
    files: { '/_index.md': '# Index\n\n- [/a.md](/a.md): A (2 statements)\n', '/a.md': `# A\n\n- Stays.\n- ${ink}\n` },
    lines: [{ path: '/a.md', text: `- ${ink}`, evidence: [await quoted(database, a, ink)] }],
  });
  await client.editStore(output, [{ kind: 'write', path: '/mine.md', content: '# Mine\n\n- My own line.\n' }], { by });
  const { report } = await client.eraseSession(a, { by });
  expect((await readStore(client, output))['/_index.md']).not.toContain('/mine.md');
  const { operations } = await client.readLog(output);
  const [erasure] = operations;
  expect(erasure).toMatchObject({ kind: 'erase', erases: a, id: report.operations[0]?.operationId });
  await client.undoOperation(operations.find((one) => one.kind === 'dream')?.id ?? '', { by });
  const files = await readStore(client, output);
  expect(files['/mine.md']).toBe('# Mine\n\n- My own line.\n');
  expect(JSON.stringify(files)).not.toContain(ink);
});

it('refuses a note that repeats the words', async () => {
  const { client, a } = await scene();
  await expect(client.eraseSession(a, { by, note: `because of ${ink}` })).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await client.showSession(a)).toMatchObject({ erasure: null });
});

it('rewrites older versions in place, so that every one of them reads without the line and with its own others', async () => {
  const { client, database, storeId, a } = await scene();
  const text = `# A\n\n- First stays.\n- ${ink}\n- Last stays.\n`;
  const { output } = await recordDream(database, {
    storeId,
    sessionIds: [a],
    files: { '/a.md': text },
    lines: [{ path: '/a.md', text: `- ${ink}`, evidence: [await quoted(database, a, ink)] }],
  });
  await client.editStore(output, [{ kind: 'write', path: '/a.md', content: text.replace(`- ${ink}\n`, '') }], { by });
  const { report } = await client.eraseSession(a, { by });
  // The head did not hold it any more, so nothing new is written.
  expect(report).toMatchObject({ operations: [], gone: [{ storeId: output, path: '/a.md', line: null }], versions: 1 });
  const rows = await withWorkspace(database, workspaceId, (tx) =>
    tx.execute(sql`select v.redacted_at is not null as redacted, convert_from(c.bytes, 'UTF8') as text, v.size = c.size as sized
      from memory_versions v join contents c on c.sha256 = v.sha256 where v.store_id = ${output} order by v.created_at`),
  );
  const left = '# A\n\n- First stays.\n- Last stays.\n';
  expect([...rows]).toEqual([
    { redacted: true, text: left, sized: true },
    { redacted: false, text: left, sized: true },
  ]);
});

it('never touches a memory that stood before the session, and cleans a copy that was imported later', async () => {
  const { client, database, adminUrl } = await facade({ address: null });
  const standing = `# Gate\n\n- ${gate}\n`;
  const before = await seedStore(database, { '/gate.md': standing });
  const a = await seedSession(database, '2026-10-01T09:00:00Z', [user(gate), user(ink)]);
  const { output } = await recordDream(database, {
    storeId: before,
    sessionIds: [a],
    files: { '/gate.md': `${standing}- ${ink}\n` },
    lines: [{ path: '/gate.md', text: `- ${ink}`, evidence: [await quoted(database, a, ink)] }],
  });
  const copy = await seedStore(database, { '/gate.md': `${standing}- ${ink}\n`, '/other.md': `# Other\n\n- ${ink}\n- My own.\n` });
  const { report } = await client.eraseSession(a, { by });
  expect(await readStore(client, before)).toEqual({ '/gate.md': standing });
  expect(await readStore(client, output)).toEqual({ '/gate.md': standing });
  expect(await readStore(client, copy)).toEqual({ '/gate.md': standing, '/other.md': '# Other\n\n- My own.\n' });
  expect(report.gone).toHaveLength(3);
  expect(await searchDatabase(adminUrl, [ink])).toEqual([]);
});

it('looks for words and not for names: ids, paths and hashes that a transcript prints stand where they stand', async () => {
  const { client, database, storeId } = await scene();
  const { output, draftId, dreamId } = await recordDream(database, {
    storeId,
    sessionIds: [],
    files: { '/a.md': '# A\n\n- One.\n' },
    lines: [],
  });
  const { memories } = await client.showStore(output);
  const hash = memories[0]?.content_sha256 ?? '';
  const printed = [storeId, output, draftId, dreamId, hash, '/a/very/long/path/of/a/file.md', '-'.repeat(40), '| --- | --- | --- | --- |'];
  const a = await seedSession(database, '2026-10-03T09:00:00Z', [tool(printed.join('\n')), user(`Look at ${output}`)]);
  const before = await readStore(client, output);
  const { report } = await client.eraseSession(a, { by });
  expect(report).toMatchObject({ events: 2, gone: [], stayed: [], operations: [], versions: 0, changes: 0 });
  expect(await readStore(client, output)).toEqual(before);
});
