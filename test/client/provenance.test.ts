import { expect, it } from 'vitest';
import { renderSession } from '../../client/cli/render/session.ts';
import type { DreamsClient } from '../../client/dreams-client.ts';
import type { WatchItem } from '../../client/watch-dream.ts';
import { caseFile, facadeWithWorker, markdown, said } from './support.ts';

const memory = {
  'notes/dev.md': '# Development\n\n- The API listens on port 3000.\n- Orders are kept in cents.\n',
  'policies/rules.md': '# Rules\n\n- Two reviewers for every change.\n',
};

const sessions = [
  {
    id: 's1',
    title: 'Moving the port',
    created_at: '2026-10-01T09:00:00Z',
    events: [
      said('e1', '2026-10-01T09:00:00Z', 'The API listens on port 4100 now, not 3000. Remember that.'),
      said('e2', '2026-10-01T09:01:00Z', 'I will use 4100.', 'assistant'),
    ],
  },
  {
    id: 's2',
    title: 'Style',
    created_at: '2026-10-05T09:00:00Z',
    events: [said('e1', '2026-10-05T09:00:00Z', 'From now on always use named exports, never default exports.')],
  },
];

async function dream(
  client: DreamsClient,
  storeId: string,
  sessionIds: string[],
): Promise<{ items: WatchItem[]; dreamId: string; output: string }> {
  const created = await client.createDream({ storeId, sessionIds, model: 'offline' });
  const items: WatchItem[] = [];
  for await (const item of client.watchDream(created.dream.id)) items.push(item);
  const last = items.at(-1);
  if (last?.kind !== 'end') throw new Error('The watch did not end with the dream.');
  expect(last.dream).toMatchObject({ status: 'completed', open_dreams: { outcome: 'committed' } });
  return { items, dreamId: created.dream.id, output: last.dream.outputs[0]?.memory_store_id ?? '' };
}

it('leads from a line to the words it rests on and from a session to what it has led to', async () => {
  const { client } = await facadeWithWorker();
  const { stores } = await client.importSources(markdown(memory), { folderName: 'memory' });
  const imported = await client.importSources([caseFile('case.json', sessions)]);
  const sessionIds = imported.sessions.flatMap((session) => session.id ?? []);
  const { items, dreamId, output } = await dream(client, stores[0]?.id ?? '', sessionIds);

  // Watched: every step said something, the end came last and once, and nothing was shown twice.
  const numbers = items.flatMap((item) => (item.kind === 'event' ? item.event.number : []));
  expect(numbers).toEqual([...numbers.keys()].map((index) => index + 1));
  expect(items.filter((item) => item.kind === 'end')).toHaveLength(1);

  const shown = await client.showDream(dreamId);
  expect(shown.changes.length).toBeGreaterThan(0);
  expect(shown.report?.guards.every((guard) => guard.ok)).toBe(true);

  // Every line of the new store answers, and what a change wrote rests on words that stand in a message.
  let written = 0;
  for (const { id, path } of (await client.showStore(output)).memories) {
    const lines = (await client.showMemory(id)).content.split('\n');
    for (const [index, text] of lines.entries()) {
      if (text.trim() === '') continue;
      const origin = await client.explainLine({ storeId: output, path, line: index + 1 });
      expect(origin.text).toBe(text.trim());
      if (origin.origin !== 'change') continue;
      written += 1;
      expect(origin.dream_id).toBe(dreamId);
      expect(shown.changes.map((change) => change.id)).toContain(origin.change?.id);
      for (const item of origin.evidence)
        if (item.type === 'event') {
          const events = (await client.showSession(item.session_id)).events;
          expect(JSON.stringify(events.find((event) => event.id === item.event_id))).toContain(JSON.stringify(item.quote).slice(1, -1));
        }
    }
  }
  expect(written).toBeGreaterThan(0);

  const port = shown.changes.find((change) => change.after?.includes('4100') === true);
  expect(
    port?.evidence.some(
      (item) => item.type === 'event' && item.session_title === 'Moving the port' && item.at?.startsWith('2026-10-01') === true,
    ),
  ).toBe(true);
  const effects = await client.sessionEffects(sessionIds[0] ?? '');
  expect(effects.some((effect) => effect.store_id === output && effect.dream_id === dreamId && effect.text.includes('4100'))).toBe(true);
});

it('follows a line back over a dream that left it as it stood', async () => {
  const { client } = await facadeWithWorker();
  const { stores } = await client.importSources(markdown(memory), { folderName: 'memory' });
  const imported = await client.importSources([caseFile('case.json', sessions)]);
  const [one = '', two = ''] = imported.sessions.flatMap((session) => session.id ?? []);
  const first = await dream(client, stores[0]?.id ?? '', [one]);
  const second = await dream(client, first.output, [two]);
  const line = await findLine(client, second.output, '4100');
  expect(await client.explainLine(line)).toMatchObject({
    origin: 'change',
    dream_id: first.dreamId,
    change: { after: expect.stringContaining('4100') as string },
  });
  const untouched = await findLine(client, second.output, 'Two reviewers');
  expect(await client.explainLine(untouched)).toMatchObject({ origin: 'imported', change: null });
});

async function findLine(client: DreamsClient, storeId: string, words: string): Promise<{ memoryId: string; line: number }> {
  for (const { id, path } of (await client.showStore(storeId)).memories) {
    if (path === '/_index.md') continue;
    const index = (await client.showMemory(id)).content.split('\n').findIndex((text) => text.includes(words));
    if (index >= 0) return { memoryId: id, line: index + 1 };
  }
  throw new Error(`No line holds ${words}.`);
}

it('exports the store with the provenance of its lines, in Markdown and in the neutral form', async () => {
  const { client } = await facadeWithWorker();
  const { stores } = await client.importSources(markdown(memory), { folderName: 'memory' });
  const imported = await client.importSources([caseFile('case.json', sessions)]);
  const { output, dreamId } = await dream(
    client,
    stores[0]?.id ?? '',
    imported.sessions.flatMap((session) => session.id ?? []),
  );
  const { files } = await client.exportStore(output);
  const shown = await client.showStore(output);
  expect(files.map((file) => `/${file.path}`).sort()).toEqual([...shown.memories.map((one) => one.path), '/provenance.json'].sort());
  const provenance = JSON.parse(new TextDecoder().decode(files.find((file) => file.path === 'provenance.json')?.bytes)) as {
    dream: string;
    changes: { id: string }[];
    lines: {
      path: string;
      text: string;
      change: { id: string } | null;
      evidence: { session?: string; memory?: string; quote: string }[];
    }[];
  };
  expect(provenance.dream).toBe(dreamId);
  const line = provenance.lines.find((one) => one.text.includes('4100'));
  expect(provenance.changes.map((change) => change.id)).toContain(line?.change?.id);
  expect(line?.evidence.some((item) => item.session !== undefined && item.quote.includes('4100'))).toBe(true);
  // A line that the dream left rests on the words that were imported, also in a file that nothing changed.
  expect(provenance.lines.filter((one) => one.evidence.length === 0)).toEqual([]);
  const untouched = provenance.lines.find((one) => one.text.includes('Two reviewers'));
  expect(untouched).toMatchObject({
    change: null,
    evidence: [{ memory: '/policies/rules.md', origin: 'memory', quote: 'Two reviewers for every change.' }],
  });

  // The neutral form speaks of sessions and events as the file did that they came from.
  const neutral = await client.exportNeutral(output);
  const sources = neutral.memories.flatMap((one) => one.provenance);
  expect(sources).toContainEqual(expect.objectContaining({ session: 's1', event: 'e1' }));
  expect(sources.some((source) => 'memory' in source && source.quote.includes('Two reviewers'))).toBe(true);
});

it('shows with a session what its words took out of a store', async () => {
  const { client } = await facadeWithWorker();
  // A dream takes only a small part of a store's lines away.
  const others = ['port', 'region', 'queue', 'bucket', 'cluster', 'mirror', 'ledger', 'printer', 'archive', 'gateway'];
  const { stores } = await client.importSources(
    markdown({
      'rules.md': `# Rules\n\n- The flag new_checkout_flow is enabled in prod.\n${others.map((name) => `- The ${name} has an owner.\n`).join('')}`,
    }),
    { folderName: 'memory' },
  );
  const imported = await client.importSources([
    caseFile('case.json', [
      {
        id: 's1',
        created_at: '2026-10-01T09:00:00Z',
        events: [
          said('e1', '2026-10-01T09:00:00Z', 'The flag new_checkout_flow was removed, it is no longer in prod. You can stop checking it.'),
        ],
      },
      {
        id: 's2',
        created_at: '2026-10-02T09:00:00Z',
        events: [said('e1', '2026-10-02T09:00:00Z', 'Good morning.')],
      },
    ]),
  ]);
  const sessionIds = imported.sessions.flatMap((session) => session.id ?? []);
  const { dreamId, output } = await dream(client, stores[0]?.id ?? '', sessionIds);
  const [first = '', second = ''] = sessionIds;
  const shown = await client.showSession(first);
  expect(shown.effects).toContainEqual({
    store_id: output,
    memory_id: null,
    path: '/rules.md',
    line: null,
    text: expect.stringContaining('The flag new_checkout_flow is enabled in prod.') as string,
    dream_id: dreamId,
    change: { id: expect.any(String) as string, kind: 'retire', reason: expect.any(String) as string },
    event_ids: [shown.events[0]?.id],
  });
  expect(renderSession(shown)).toMatch(/\/rules\.md {2}retire: .*The flag new_checkout_flow is enabled in prod\./);
  expect(renderSession(shown)).toContain('It has led to 1 line, 1 of them taken away:');
  expect((await client.showSession(second)).effects).toEqual([]);
});
