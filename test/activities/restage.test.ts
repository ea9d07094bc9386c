import { describe, expect, it } from 'vitest';
import { readContents } from '../../db/contents.ts';
import { withWorkspace } from '../../db/database.ts';
import { findDraft, readChanges, readDraftFiles, setDraftConflicts } from '../../db/drafts.ts';
import { requireDream } from '../../db/dreams.ts';
import { readEventsAfter } from '../../db/events.ts';
import { readInputClaims } from '../../db/input-claims.ts';
import { insertProposals } from '../../db/proposals.ts';
import type { Change } from '../../domain/change.ts';
import type { DreamOptions } from '../../domain/dream.ts';
import type { Proposal } from '../../domain/proposal.ts';
import { retire, supersede } from '../staging/build-store.ts';
import type { RunStep } from '../support/run-steps.ts';
import { runToDraft, useSteps } from '../support/run-steps.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const used = useSteps();
const run: RunStep = (name, argument) => used.run(name, argument);

const ports = '# Ports\n\n- api: 3000\n- db: 5432\n- cache: 6379\n- mail: 25\n- search: 9200\n- queue: 5672\n';

/** A dream over a store with these proposals, just before its first draft. */
async function proposed(
  store: Record<string, string>,
  propose: (claim: (text: string) => string) => Proposal[],
  options: Partial<DreamOptions> = { review: 'required' },
) {
  const storeId = await seedStore(used.fresh.database, store);
  const sessionIds = [await seedSession(used.fresh.database, '2026-10-01T09:00:00Z', [user('Thanks.')])];
  const dreamId = await seedDream(used.fresh.database, { storeId, sessionIds, options });
  const input = { workspaceId, dreamId };
  await run('openDream', input);
  await run('takeSnapshot', input);
  await run('planWindows', input);
  await run('groupClaims', input);
  await withWorkspace(used.fresh.database, workspaceId, async (tx) => {
    const claims = await readInputClaims(tx, dreamId);
    const idOf = (text: string): string => claims.find((claim) => claim.text.includes(text))?.id ?? '';
    await insertProposals(tx, { ...input, step: 'reconcileGroup', pack: 0 }, propose(idOf));
  });
  return input;
}

const move = (claim: (text: string) => string, name: string, from: string, to: string): Proposal =>
  supersede([claim(name)], `${name}: ${to}`, { oldValue: from, newValue: to, topic: 'Ports' });

async function show(draftId: string) {
  return await withWorkspace(used.fresh.database, workspaceId, async (tx) => {
    const files = await readDraftFiles(tx, draftId);
    const texts = await readContents(
      tx,
      files.map((file) => file.sha256),
    );
    const changes = await readChanges(tx, draftId);
    return {
      contents: Object.fromEntries(files.map((file) => [file.path, texts.get(file.sha256)])),
      changes,
      row: await findDraft(tx, draftId),
    };
  });
}

async function live(dreamId: string) {
  return await withWorkspace(used.fresh.database, workspaceId, async (tx) => {
    const { sessionId } = await requireDream(tx, dreamId);
    return await readEventsAfter(tx, sessionId ?? '', 0);
  });
}

const idOf = (changes: readonly Change[], before: string): string => changes.find((change) => change.before?.startsWith(before))?.id ?? '';

describe('drafts after the first', () => {
  it('are without what guards refused, a reviewer excluded and others changed, each listed once with its reason', async () => {
    const input = await proposed({ '/ports.md': ports, '/rules.md': '# Rules\n\n- be kind\n- be brief\n' }, (claim) => [
      move(claim, 'api', '3000', '4000'),
      move(claim, 'db', '5432', '5433'),
      move(claim, 'cache', '6379', '6380'),
      move(claim, 'mail', '25', '26'),
      retire([claim('be brief')]),
    ]);
    const one = await run('stageDraft', { ...input, round: 1, refused: [] });
    const { changes } = await show(one.draftId);
    const [api, db, cache, mail, brief] = ['api', 'db', 'cache', 'mail', 'be brief'].map((before) => idOf(changes, before));
    if (api === undefined || db === undefined || cache === undefined || mail === undefined || brief === undefined)
      throw new Error('no ids');

    const two = await run('stageDraft', { ...input, round: 2, refused: [api] });
    const three = await run('stageDraft', {
      ...input,
      round: 3,
      refused: [api],
      from: { draftId: two.draftId, exclude: [db, 'chg_unknown'] },
    });
    expect((await show(three.draftId)).contents['/ports.md']).toBe(ports.replace('6379', '6380').replace('mail: 25', 'mail: 26'));
    const four = await run('stageDraft', { ...input, round: 4, refused: [api, cache], from: { draftId: two.draftId, exclude: [db] } });
    expect(four.changes).toBe(2);
    await withWorkspace(used.fresh.database, workspaceId, (tx) =>
      setDraftConflicts(tx, four.draftId, [{ path: '/rules.md', base: null, ours: null, theirs: null }]),
    );
    const five = await run('stageDraft', { ...input, round: 5, refused: [api, cache], from: { draftId: four.draftId, exclude: [] } });
    const last = await show(five.draftId);
    expect(last.row?.leftOut).toEqual([
      { changeId: api, why: 'guard', draftId: one.draftId },
      { changeId: db, why: 'reviewer', draftId: two.draftId },
      { changeId: cache, why: 'guard', draftId: two.draftId },
      { changeId: brief, why: 'conflict', draftId: four.draftId },
    ]);
    expect(last.changes.map((change) => change.id)).toEqual([mail]);
    expect(last.contents).toMatchObject({
      '/ports.md': ports.replace('mail: 25', 'mail: 26'),
      '/rules.md': '# Rules\n\n- be kind\n- be brief\n',
    });
    expect(await run('checkDraft', { ...input, draftId: five.draftId })).toMatchObject({ ok: true });

    const told = JSON.stringify(await live(input.dreamId));
    expect(told).toContain('draft 3 has 3 changes in 3 files; 2 changes were left out: 1 refused by a guard, 1 excluded in the review');
    expect(told).toContain('1 in paths that others changed meanwhile');
    // Asked again for an earlier round, each gives the answer that it gave.
    expect(await run('stageDraft', { ...input, round: 2, refused: [api] })).toEqual(two);
    expect(await run('stageDraft', { ...input, round: 5, refused: [], from: { draftId: four.draftId, exclude: [] } })).toEqual(five);
  });

  it('show in the live session what differs from the draft before, also what is put back', async () => {
    const input = await proposed({ '/a.md': '# A\n\n- one\n', '/b.md': '# B\n\n- two\n- three\n' }, (claim) => [
      retire([claim('one')]),
      retire([claim('two')]),
    ]);
    const one = await run('stageDraft', { ...input, round: 1, refused: [] });
    const exclude = [idOf((await show(one.draftId)).changes, 'one')];
    const before = (await live(input.dreamId)).length;
    await run('stageDraft', { ...input, round: 2, refused: [], from: { draftId: one.draftId, exclude } });
    const shown = (await live(input.dreamId)).slice(before).flatMap(({ type, payload }) => {
      const { name, input: use } = payload as { name?: string; input?: { file_path: string } };
      return type === 'agent.tool_use' ? [[name, use?.file_path]] : [];
    });
    expect(shown).toEqual([
      ['edit', '/_index.md'],
      ['write', '/a.md'],
    ]);
  });

  it('are refused out of a draft that the dream does not have', async () => {
    const input = await proposed({ '/ports.md': ports }, (claim) => [move(claim, 'api', '3000', '4000')]);
    await run('stageDraft', { ...input, round: 1, refused: [] });
    await expect(run('stageDraft', { ...input, round: 2, refused: [], from: { draftId: 'drft_none', exclude: [] } })).rejects.toMatchObject(
      {
        code: 'invalid_draft',
      },
    );
  });
});

describe('the cap on retirement', () => {
  const all = (claim: (text: string) => string): Proposal[] => ['api', 'db', 'cache'].map((name) => retire([claim(name)]));

  it.each([
    [{ review: 'required', onTimeout: 'reject' }, 3],
    [{ review: 'required', onTimeout: 'commit' }, 1],
    [{ review: 'none', onTimeout: 'reject' }, 1],
  ] as const)('with %o lets %i of three go', async (options, retired) => {
    const input = await proposed({ '/ports.md': ports }, all, options);
    const draft = await run('stageDraft', { ...input, round: 1, refused: [] });
    expect(draft.changes).toBe(retired);
    expect(await run('checkDraft', { ...input, draftId: draft.draftId })).toMatchObject({ ok: true, refused: [] });
  });
});

describe('a secret of the store', () => {
  const token = `ghp_${'a1B2c3D4e5'.repeat(4)}`.slice(0, 40);
  const store = {
    '/release.md': `# Release\n\n- The release bot logs in with ${token} and needs the vault open\n- Releases go out on Tuesdays.\n`,
  };

  it('stays as it stood where a reviewer left its masking out, and the guards say so', async () => {
    const storeId = await seedStore(used.fresh.database, store);
    const sessionIds = [await seedSession(used.fresh.database, '2026-10-01T09:00:00Z', [user('Always use pnpm, never npm.')])];
    const dreamId = await seedDream(used.fresh.database, { storeId, sessionIds, options: { review: 'required' } });
    const input = { workspaceId, dreamId };
    const one = await runToDraft(run, dreamId);
    const { changes, contents } = await show(one.draftId);
    const masking = changes.find((change) => change.kind === 'rewrite');
    expect(masking?.reasonCode).toBe('secret');
    expect(contents['/release.md']).not.toContain(token);
    expect(await run('checkDraft', { ...input, draftId: one.draftId })).toMatchObject({ ok: true });

    const exclude = [masking?.id ?? ''];
    const two = await run('stageDraft', { ...input, round: 2, refused: [], from: { draftId: one.draftId, exclude } });
    const after = await show(two.draftId);
    expect(after.contents['/release.md']).toContain(store['/release.md'].trimEnd());
    expect(after.changes.map((change) => change.id)).toEqual(changes.map((change) => change.id).filter((id) => id !== masking?.id));
    expect(await run('checkDraft', { ...input, draftId: two.draftId })).toMatchObject({ ok: true, unmendable: false, guards: [] });
    const checked = await show(two.draftId);
    expect(checked.row?.report.guards.find((line) => line.guard === 'no-secret')?.message).toContain('1 secret of the input');
  });

  it('stays too where another change would have taken it away, but not where a guard did', async () => {
    const input = await proposed(store, (claim) => [retire([claim('release bot')])]);
    const one = await run('stageDraft', { ...input, round: 1, refused: [] });
    const [change] = (await show(one.draftId)).changes;
    const refused = await run('stageDraft', { ...input, round: 2, refused: [change?.id ?? ''] });
    expect(await run('checkDraft', { ...input, draftId: refused.draftId })).toMatchObject({ ok: false, unmendable: true });
    const excluded = await run('stageDraft', {
      ...input,
      round: 3,
      refused: [],
      from: { draftId: one.draftId, exclude: [change?.id ?? ''] },
    });
    expect(await run('checkDraft', { ...input, draftId: excluded.draftId })).toMatchObject({ ok: true });
  });
});
