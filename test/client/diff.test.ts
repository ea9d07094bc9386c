import { expect, it } from 'vitest';
import { renderDiffMarkdown } from '../../client/cli/render/diff-markdown.ts';
import { renderDiff } from '../../client/cli/render/diff-text.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { putContents } from '../../db/contents.ts';
import { insertDraft, openReview, setDraftConflicts } from '../../db/drafts.ts';
import { updateDream } from '../../db/dreams.ts';
import { readEvents } from '../../db/events.ts';
import type { Change, ChangeKind } from '../../domain/change.ts';
import type { LeftOut } from '../../domain/operation.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { isDreamsError } from '../../domain/errors.ts';
import { freshId, seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { facade } from './support.ts';

const secret = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
const report = {
  counts: {},
  reasons: {},
  files: { created: 0, changed: 1, unchanged: 0, deleted: 0 },
  claims: { before: 1, after: 1 },
  dropped: {},
  keptByCap: [],
  guards: [],
};

/** A change whose evidence is `quote` in the event `number` of the session. */
async function changeFrom(database: Database, sessionId: string, number: number, quote: string, change: Partial<Change>): Promise<Change> {
  const [event] = await withWorkspace(database, workspaceId, (tx) => readEvents(tx, sessionId, number, number));
  const text = (event?.payload['content'] as { text: string }[] | undefined)?.[0]?.text ?? '';
  const start = text.indexOf(quote);
  expect(start).toBeGreaterThanOrEqual(0);
  return {
    id: freshId('chg'),
    kind: 'add',
    path: '/a.md',
    removed: [],
    before: null,
    after: quote,
    claimId: null,
    reasonCode: 'new_fact',
    reason: 'New.',
    evidence: [
      {
        kind: 'event',
        sessionId,
        eventId: event?.id ?? '',
        block: 0,
        start,
        end: start + quote.length,
        quote,
        origin: 'user',
        at: event?.processedAt ?? null,
      },
    ],
    ...change,
  };
}

async function stage(database: Database, dreamId: string, round: number, changes: Change[], leftOut: LeftOut[] = []): Promise<string> {
  const id = freshId('drft');
  await withWorkspace(database, workspaceId, async (tx) => {
    const draft = { id, digest: sha256Hex(id), files: [], deleted: [], claims: [], changes };
    await insertDraft(tx, { workspaceId, dreamId, round, leftOut }, draft, report);
    await updateDream(tx, dreamId, { status: 'running', stage: 'awaitReview', draftId: id });
    await openReview(tx, id, new Date('2026-12-01T00:00:00Z'));
  });
  return id;
}

it('shows the newest draft, the risky changes first, each quote in its masked context', async () => {
  const { client, database } = await facade({ address: null });
  const storeId = await seedStore(database, { '/a.md': '# A\n\n- Port 3000.\n' });
  const long = 'something else that was said at length. '.repeat(20);
  const sessionId = await seedSession(database, '2026-10-01T09:00:00Z', [
    user(`${long}The token is ${secret}. The port is 4100 now. My password is hunter2hunter2, ok? ${long}`),
  ]);
  const dreamId = await seedDream(database, { storeId, sessionIds: [sessionId], options: { review: 'required' } });
  const change = (kind: ChangeKind, path: string) => changeFrom(database, sessionId, 1, 'The port is 4100 now.', { kind, path });
  await stage(database, dreamId, 1, [await change('add', '/old.md')]);
  const changes = [
    await change('add', '/a.md'),
    await change('move', '/z.md'),
    await change('merge', '/z.md'),
    await change('rewrite', '/b.md'),
    await change('open_conflict', '/c.md'),
    await change('pattern', '/c.md'),
    await change('supersede', '/d.md'),
    await change('add', '/y.md'),
    await change('retire', '/y.md'),
  ];
  const draftId = await stage(database, dreamId, 2, changes);

  const diff = await client.diffDream(dreamId);
  expect(diff).toMatchObject({ draft_id: draftId, round: 2, digest: sha256Hex(draftId), ends_at: '2026-12-01T00:00:00.000Z' });
  expect(diff.changes.map((item) => `${item.path} ${item.kind}`)).toEqual([
    '/y.md retire',
    '/y.md add',
    '/d.md supersede',
    '/c.md pattern',
    '/c.md open_conflict',
    '/z.md merge',
    '/z.md move',
    '/b.md rewrite',
    '/a.md add',
  ]);
  expect(diff.changes[0]?.evidence[0]).toMatchObject({
    session_title: 'A session',
    at: '2026-10-01T09:00:00.000Z',
    quote: 'The port is 4100 now.',
    context: {
      before: expect.stringMatching(/^….*The token is \[secret removed\]\. $/s),
      after: expect.stringMatching(/^ My password is \[secret removed\], ok\?.*…$/s),
    },
  });
  const [before, after] = [diff.changes[0]?.evidence[0]?.context?.before ?? '', diff.changes[0]?.evidence[0]?.context?.after ?? ''];
  expect([before.length < 140, after.length < 140]).toEqual([true, true]);
  const all = [JSON.stringify(diff), renderDiff(diff), renderDiffMarkdown(diff), JSON.stringify(await client.reviewDream(dreamId))];
  for (const shown of all) {
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain('hunter2');
  }
});

it('shows what was left out and why, and both sides of what others changed too', async () => {
  const { client, database } = await facade({ address: null });
  const storeId = await seedStore(database, { '/a.md': 'one\ntwo\nthree\n' });
  const sessionId = await seedSession(database, '2026-10-01T09:00:00Z', [user('Two is 2 now. Four comes after three.')]);
  const dreamId = await seedDream(database, { storeId, sessionIds: [sessionId], options: { review: 'required' } });
  const changes = [
    await changeFrom(database, sessionId, 1, 'Two is 2 now.', { kind: 'supersede' }),
    await changeFrom(database, sessionId, 1, 'Four comes after three.', { path: '/b.md' }),
  ];
  const first = await stage(database, dreamId, 1, changes);
  await withWorkspace(database, workspaceId, async (tx) => {
    const [base = '', ours = '', theirs = ''] = await putContents(tx, workspaceId, [
      'one\ntwo\nthree\n',
      'one\n2\nthree\n',
      `one\ntwo and more\nthree\nkey ${secret}\n`,
    ]);
    await setDraftConflicts(tx, first, [
      { path: '/a.md', base, ours, theirs },
      { path: '/gone.md', base, ours, theirs: null },
    ]);
  });
  await stage(database, dreamId, 2, changes.slice(1), [{ changeId: changes[0]?.id ?? '', why: 'conflict', draftId: first }]);

  const diff = await client.diffDream(dreamId);
  expect(diff.changes.map((change) => change.path)).toEqual(['/b.md']);
  expect(diff.left_out).toMatchObject([{ id: changes[0]?.id, why: 'conflict', after: 'Two is 2 now.' }]);
  expect(diff.conflicts).toEqual([
    { path: '/a.md', base: 'one\ntwo\nthree\n', ours: 'one\n2\nthree\n', theirs: 'one\ntwo and more\nthree\nkey [secret removed]\n' },
    { path: '/gone.md', base: 'one\ntwo\nthree\n', ours: 'one\n2\nthree\n', theirs: null },
  ]);
  const text = renderDiff(diff).replaceAll(/[\u{f0000}-\u{f00ff}]/gu, '');
  expect(text).toContain('Changed both by the dream and by others since it began (2 files):');
  expect(text).toContain('  by others:\n      one\n    - two\n    + two and more\n      three\n    + key [secret removed]');
  expect(text).toContain('  by the dream:\n      one\n    - two\n    + 2\n');
  expect(text).toContain('    the file is gone');
  expect(text).toContain('others changed the same file meanwhile');
  expect(renderDiffMarkdown(diff)).toContain('By others:\n\n```diff\n  one\n- two\n+ two and more\n  three\n+ key [secret removed]\n```');
});

it('reads a draft of 500 changes in a moment', async () => {
  const { client, database } = await facade({ address: null });
  const storeId = await seedStore(database, { '/a.md': 'one\n' });
  const talk = 'We went through the deployment once more, step by step, with nothing new in it. '.repeat(40);
  const sessionId = await seedSession(
    database,
    '2026-10-01T09:00:00Z',
    Array.from({ length: 500 }, (_, n) => user(`${talk}Service ${String(n)} listens on port ${String(4000 + n)}. ${talk}`)),
  );
  const dreamId = await seedDream(database, { storeId, sessionIds: [sessionId], options: { review: 'required' } });
  const changes = await Promise.all(
    Array.from({ length: 500 }, (_, n) =>
      changeFrom(database, sessionId, n + 1, `Service ${String(n)} listens on port ${String(4000 + n)}.`, {
        path: `/services/${String(n % 50)}.md`,
        kind: n % 5 === 0 ? 'supersede' : 'add',
        before: n % 5 === 0 ? `Service ${String(n)} listens on port 80.` : null,
      }),
    ),
  );
  await stage(database, dreamId, 1, changes);
  const from = performance.now();
  const review = await client.reviewDream(dreamId);
  const read = performance.now();
  expect(renderDiff(review).length + renderDiffMarkdown(review).length).toBeGreaterThan(200_000);
  const rendered = performance.now();
  expect(review.changes).toHaveLength(500);
  expect(read - from).toBeLessThan(5_000);
  expect(rendered - read).toBeLessThan(2_000);
});

it('reviews only a draft that waits, and says what keeps it', async () => {
  const { client, database } = await facade({ address: null });
  const storeId = await seedStore(database, { '/a.md': 'one\n' });
  const dreamId = await seedDream(database, { storeId, sessionIds: [], options: { review: 'required' } });
  await expect(client.reviewDream(dreamId)).rejects.toSatisfy(
    (error: unknown) =>
      isDreamsError(error) && error.message === `No draft of the dream ${dreamId} waits for a decision yet; it is at pending.`,
  );
});
