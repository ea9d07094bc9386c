import { expect, it, vi } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { allHistories, openHistory } from '../../db/histories.ts';
import type { HistoryRow } from '../../db/histories.ts';
import { encodeHistory } from '../../db/history/bytes.ts';
import { textsOfHistory } from '../../db/history/texts.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { dreams } from '../cli/calls.ts';
import type { Replayable } from '../cli/replay-support.ts';
import { replayable } from '../cli/replay-support.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const secret = 'The lighthouse keeper is called Wilhelmina "Will" Quarterstaff.';

/** A dream that a person approved, quoting the session with a quotation mark, as a name and as a note. */
async function approved({ client, database, temporal, taskQueue }: Replayable): Promise<{ dreamId: string; sessionId: string }> {
  const storeId = await seedStore(database, { '/notes.md': '# Notes\n\n- The API listens on port 3000.\n' });
  const sessionId = await seedSession(database, '2026-10-01T09:00:00Z', [user(secret)]);
  // The dream does not read that session; it is the person who knows it.
  const read = await seedSession(database, '2026-10-02T09:00:00Z', [user('The API listens on port 4100 now, not 3000.')]);
  const dreamId = await seedDream(database, { storeId, sessionIds: [read], options: { review: 'required' } });
  const dream = { workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 1, trigger: 'test', taskQueue };
  await temporal.workflow.start('dream', startDreamOptions(dream));
  const diff = await vi.waitFor(
    async () => {
      const waiting = await client.diffDream(dreamId);
      expect(waiting.ends_at).not.toBeNull();
      return waiting;
    },
    { timeout: 300_000, interval: 200 },
  );
  await client.decideDream(dreamId, { verdict: 'approve', digest: diff.digest, by: secret, note: `He said: ${secret}` });
  await temporal.workflow.getHandle(dreamId).result();
  return { dreamId, sessionId };
}

async function archivedHistories({ database }: Replayable): Promise<HistoryRow[]> {
  return await withWorkspace(database, workspaceId, async (tx) => {
    const rows: HistoryRow[] = [];
    for await (const page of allHistories(tx)) rows.push(...page);
    return rows;
  });
}

async function expectWithoutWords(row: HistoryRow | undefined): Promise<void> {
  const history = await openHistory(row as HistoryRow);
  expect(textsOfHistory(history).filter((text) => text.includes('Quarterstaff') || text.includes('lighthouse'))).toEqual([]);
  const bytes = new TextDecoder().decode(encodeHistory(history));
  expect(bytes).not.toContain('Quarterstaff');
  expect(bytes).not.toContain('lighthouse');
}

it('takes words that people repeated when they decided out of archived histories, which replay as before', async () => {
  const used = await replayable();
  const { dreamId, sessionId } = await approved(used);
  await used.archive();
  const [before] = await archivedHistories(used);
  expect(textsOfHistory(await openHistory(before as HistoryRow)).filter((text) => text.includes(secret)).length).toBeGreaterThan(3);
  const { report } = await used.client.eraseSession(sessionId, { by: 'ann' });
  expect(report.histories).toBe(1);
  const [after] = await archivedHistories(used);
  expect(after).toMatchObject({ events: before?.events, redactedAt: expect.any(Date) as Date });
  expect(after?.sha256).not.toBe(before?.sha256);
  await expectWithoutWords(after);
  const { exitCode, stdout } = await dreams('replay', dreamId);
  expect(stdout).toContain('same: today’s code decides the same at every step');
  expect(stdout).toMatch(/words of an erased session were taken out of this history on \d{4}-\d\d-\d\d/);
  expect(stdout).toMatch(/rows: as recorded \(.*decision.*\)/);
  expect(exitCode).toBe(0);
}, 600_000);

it('waits for an archive under way, and finds what it wrote', async () => {
  const used = await replayable();
  const { sessionId } = await approved(used);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let isHeld = false;
  const archiving = used.archive({
    reach: async (point) => {
      if (point !== 'archive.history:uncommitted') return;
      isHeld = true;
      await held;
    },
  });
  await vi.waitFor(() => expect(isHeld).toBe(true), { timeout: 300_000, interval: 50 });
  const erasing = used.client.eraseSession(sessionId, { by: 'ann' });
  const waiting = async () =>
    await used.damage(`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  await vi.waitFor(async () => expect(await waiting()).not.toEqual([]), { timeout: 300_000, interval: 50 });
  release();
  await archiving;
  expect((await erasing).report.histories).toBe(1);
  await expectWithoutWords((await archivedHistories(used))[0]);
}, 600_000);

it('archives without anybody’s words where a session was erased between the decision and the archive', async () => {
  const used = await replayable();
  const { dreamId, sessionId } = await approved(used);
  await used.client.eraseSession(sessionId, { by: 'ann' });
  expect(await used.archive()).toEqual([dreamId]);
  const [row] = await archivedHistories(used);
  expect(row?.redactedAt).not.toBeNull();
  await expectWithoutWords(row);
  const { exitCode, stdout } = await dreams('replay', dreamId);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('same: today’s code decides the same at every step') as string]);
}, 600_000);
