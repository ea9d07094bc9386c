import { describe, expect, it } from 'vitest';
import { readContents } from '../../db/contents.ts';
import { withWorkspace } from '../../db/database.ts';
import { readChanges } from '../../db/drafts.ts';
import { requireDream } from '../../db/dreams.ts';
import { readHeads } from '../../db/memories.ts';
import { readStandingClaims } from '../../db/standing-claims.ts';
import { isIndexPath } from '../../domain/index-file.ts';
import { parseClaims } from '../../sources/markdown/parse-claims.ts';
import type { RunStep } from '../support/run-steps.ts';
import { runToDraft, useSteps } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const used = useSteps();
const run: RunStep = (name, argument) => used.run(name, argument);

const store = {
  '/build.md': '# Build\n\n- The invoice worker listens on port 3100.\n- Packages are installed with pnpm.\n- Lint with oxlint.\n',
  '/team.md': '# Team\n\n- Ilse reviews changes to the ledger export.\n- Releases go out on Tuesday.\n',
};
const nights = [
  { at: '2026-10-05T09:00:00Z', said: ['Too long, make it shorter.', 'The invoice worker listens on port 4100 now.'] },
  {
    at: '2026-10-06T09:00:00Z',
    said: ['Please keep it shorter than that.', 'Always round amounts to whole cents.', 'Ilse reviews changes to the ledger export.'],
  },
  {
    at: '2026-10-07T09:00:00Z',
    said: [
      'That answer is too long, keep it brief.',
      'The invoice worker listens on port 4200 now.',
      'Always lint with oxlint before a commit.',
    ],
  },
];

async function dreamOver(storeId: string, sessionIds: string[]) {
  const dreamId = await seedDream(used.fresh.database, { storeId, sessionIds });
  const input = { workspaceId, dreamId };
  const draft = await runToDraft(run, dreamId);
  expect(await run('checkDraft', { ...input, draftId: draft.draftId, round: 1, refused: [] } as never)).toMatchObject({ ok: true });
  const { operationId } = await run('commitDream', { ...input, draftId: draft.draftId, digest: draft.digest });
  return await withWorkspace(used.fresh.database, workspaceId, async (tx) => ({
    storeId: (await requireDream(tx, dreamId)).outputStoreId ?? '',
    changes: await readChanges(tx, draft.draftId),
    operationId,
  }));
}

/** Line → file; and per line the sessions that speak for it. */
async function linesOf(storeId: string) {
  return await withWorkspace(used.fresh.database, workspaceId, async (tx) => {
    const heads = (await readHeads(tx, storeId)).filter((head) => !isIndexPath(head.path));
    const contents = await readContents(
      tx,
      heads.map((head) => head.sha256),
    );
    const recorded = await readStandingClaims(
      tx,
      heads.map((head) => head.versionId),
    );
    return new Map(
      heads.flatMap(({ path, sha256, versionId }) => {
        const content = contents.get(sha256) ?? '';
        return parseClaims({ memoryId: '', memoryVersionId: '', path, content, dreamId: '', protected: false }).map(({ text, start }) => {
          const evidence = (recorded.get(versionId) ?? []).find((claim) => claim.start === start)?.evidence ?? [];
          const sessions = [...new Set(evidence.flatMap((item) => (item.kind === 'event' ? item.sessionId : [])))];
          return [text, { path, sessions }] as const;
        });
      }),
    );
  });
}

const pathsOf = (lines: Awaited<ReturnType<typeof linesOf>>) => Object.fromEntries([...lines].map(([text, { path }]) => [text, path]));

async function seeded() {
  const storeId = await seedStore(used.fresh.database, store);
  const sessionIds: string[] = [];
  for (const { at, said } of nights) sessionIds.push(await seedSession(used.fresh.database, at, said.map(user)));
  return { storeId, sessionIds };
}

describe('dreams in a row', () => {
  it('end where one dream over all sessions ends, each line in the same file from night to night', async () => {
    const { storeId, sessionIds } = await seeded();
    const one = await linesOf((await dreamOver(storeId, sessionIds)).storeId);
    let last = storeId;
    let before = pathsOf(await linesOf(storeId));
    for (const sessionId of sessionIds) {
      last = (await dreamOver(last, [sessionId])).storeId;
      const now = pathsOf(await linesOf(last));
      for (const [text, path] of Object.entries(now)) expect(before[text] ?? path).toBe(path);
      before = now;
    }
    const all = await linesOf(last);
    expect(pathsOf(all)).toEqual(pathsOf(one));
    const texts = [...all.keys()].join('\n');
    expect(texts).toContain('4200');
    expect(texts).not.toMatch(/3100|4100/);
    const [pattern, ...others] = [...all].filter(([text]) => text.startsWith('Keep answers short'));
    expect(others).toEqual([]);
    expect(pattern?.[0]).toContain('in 3 of 3 sessions');
    expect(new Set(pattern?.[1].sessions)).toEqual(new Set(sessionIds));
  });

  it('change nothing over their own output, neither with the same sessions nor with one that says nothing', async () => {
    const { storeId, sessionIds } = await seeded();
    let last = storeId;
    for (const sessionId of sessionIds) last = (await dreamOver(last, [sessionId])).storeId;
    expect((await dreamOver(last, sessionIds)).changes).toEqual([]);
    const thanks = await seedSession(used.fresh.database, '2026-10-08T09:00:00Z', [user('Thanks.')]);
    expect((await dreamOver(last, [thanks])).changes).toEqual([]);
  });

  it('keep who confirmed a line of a file in which nothing else changed, once', async () => {
    const { storeId } = await seeded();
    const words = 'Ilse reviews changes to the ledger export.';
    const confirming = await seedSession(used.fresh.database, '2026-10-09T09:00:00Z', [user(words)]);
    const first = await dreamOver(storeId, [confirming]);
    expect(first.changes).toEqual([]);
    expect((await linesOf(first.storeId)).get(words)).toEqual({ path: '/team.md', sessions: [confirming] });
    const second = await dreamOver(first.storeId, [confirming]);
    expect((await linesOf(second.storeId)).get(words)?.sessions).toEqual([confirming]);
    const written = await withWorkspace(used.fresh.database, workspaceId, async (tx) => await readHeads(tx, second.storeId));
    expect(written.find((head) => head.path === '/team.md')?.copiedFrom).not.toBeNull();
  });

  it('count no session that only another line of dreams read', async () => {
    const { storeId, sessionIds } = await seeded();
    // The second dream begins with the store as it came, not with what the first one made of it.
    await dreamOver(storeId, sessionIds.slice(0, 2));
    const { changes } = await dreamOver(storeId, sessionIds.slice(2));
    expect(changes.filter((change) => change.kind === 'pattern')).toEqual([]);
  });
});
