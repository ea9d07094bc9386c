import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import { withWorkspace } from '../../db/database.ts';
import { readChanges } from '../../db/drafts.ts';
import { endDream } from '../../db/dreams.ts';
import type { RunStep } from '../support/run-steps.ts';
import { useSteps } from '../support/run-steps.ts';
import { agent, seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const used = useSteps();
const run: RunStep = (name, argument) => used.run(name, argument);

/** Every row of every table, but for times of writing. */
async function allRows(): Promise<Record<string, unknown>> {
  return await withWorkspace(used.fresh.database, workspaceId, async (tx) => {
    const tables = await tx.execute(
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`,
    );
    const rows: Record<string, unknown> = {};
    for (const { name } of tables as unknown as { name: string }[]) {
      const found = await tx.execute(
        sql`select md5(string_agg((to_jsonb(t) - 'updated_at' - 'created_at')::text, ',' order by (to_jsonb(t) - 'updated_at' - 'created_at')::text)) as hash, count(*)::int as count from ${sql.identifier(name)} t`,
      );
      rows[name] = found[0];
    }
    return rows;
  });
}

async function seeded() {
  const storeId = await seedStore(used.fresh.database, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n- api port is 3000\n' });
  const sessionIds = [
    await seedSession(used.fresh.database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now.'), agent('Noted.')]),
    await seedSession(used.fresh.database, '2026-10-05T09:00:00Z', [user('Always use pnpm, never npm.')]),
  ];
  return { workspaceId, dreamId: await seedDream(used.fresh.database, { storeId, sessionIds }) };
}

describe('every step run twice', () => {
  it('writes the same rows and gives the same answer', async () => {
    const input = await seeded();
    const twice = async <K extends keyof Activities>(name: K, argument: Parameters<Activities[K]>[0]) => {
      const first = await run(name, argument);
      const before = await allRows();
      const second = await run(name, argument);
      expect([name, await allRows()]).toEqual([name, before]);
      expect([name, second]).toEqual([name, first]);
      return first;
    };
    await twice('openDream', input);
    await twice('takeSnapshot', input);
    const { packs } = await twice('planWindows', input);
    for (let pack = 0; pack < packs; pack++) expect((await twice('extractFacts', { ...input, pack })).facts).toBeGreaterThan(0);
    const groups = await twice('groupClaims', input);
    for (let pack = 0; pack < groups.packs; pack++) await twice('reconcileGroup', { ...input, pack });
    await twice('minePatterns', input);
    const draft = await twice('stageDraft', { ...input, round: 1, refused: [] });
    expect(await twice('checkDraft', { ...input, draftId: draft.draftId })).toMatchObject({ ok: true });
    const changes = await withWorkspace(used.fresh.database, workspaceId, (tx) => readChanges(tx, draft.draftId));
    const from = { draftId: draft.draftId, exclude: changes.slice(0, 1).map((change) => change.id) };
    const rest = await twice('stageDraft', { ...input, round: 2, refused: [], from });
    expect(rest.changes).toBe(changes.length - 1);
    expect(await twice('checkDraft', { ...input, draftId: rest.draftId })).toMatchObject({ ok: true });
    await twice('commitDream', { ...input, draftId: rest.draftId, digest: rest.digest });
    expect(await twice('closeDream', { ...input, end: { status: 'completed', outcome: 'committed', error: null } })).toMatchObject({
      outcome: 'committed',
    });
  });

  it('writes nothing once the dream has been cancelled, and the close keeps that end', async () => {
    const input = await seeded();
    await run('openDream', input);
    await run('takeSnapshot', input);
    await withWorkspace(used.fresh.database, workspaceId, (tx) =>
      endDream(tx, input.dreamId, { status: 'canceled', outcome: 'canceled', error: null }),
    );
    await expect(run('planWindows', input)).rejects.toMatchObject({ code: 'dream_closed' });
    expect(
      await run('closeDream', { ...input, end: { status: 'failed', outcome: 'failed', error: { type: 'internal_error', message: 'x' } } }),
    ).toMatchObject({ outcome: 'canceled' });
  });

  it('refuses to commit a draft whose digest is not the newest one', async () => {
    const input = await seeded();
    await run('openDream', input);
    await run('takeSnapshot', input);
    await run('planWindows', input);
    await run('groupClaims', input);
    const draft = await run('stageDraft', { ...input, round: 1, refused: [] });
    await expect(run('commitDream', { ...input, draftId: draft.draftId, digest: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'draft_changed',
    });
  });

  it('does not ask the engine again what another dream was answered', async () => {
    const storeId = await seedStore(used.fresh.database, {});
    const sessionIds = [
      await seedSession(used.fresh.database, '2026-10-01T09:00:00Z', [user('We ship the billing service from the release branch.')]),
    ];
    const first = { workspaceId, dreamId: await seedDream(used.fresh.database, { storeId, sessionIds }) };
    const second = { workspaceId, dreamId: await seedDream(used.fresh.database, { storeId, sessionIds }) };
    for (const input of [first, second]) {
      await run('openDream', input);
      await run('takeSnapshot', input);
      await run('planWindows', input);
    }
    expect(await run('extractFacts', { ...first, pack: 0 })).toMatchObject({ kept: 0 });
    expect(await run('extractFacts', { ...second, pack: 0 })).toMatchObject({ kept: 1 });
  });
});
