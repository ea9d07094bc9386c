import { expect, it } from 'vitest';
import { dream } from '../client/erase-support.ts';
import { seedSession, seedStore, user } from '../support/seeds.ts';
import { dreams } from './calls.ts';
import type { Replayable } from './replay-support.ts';
import { replayable } from './replay-support.ts';

interface Dreamt {
  dreamId: string;
  sessionId: string;
}

async function dreamOver({ database, client, temporal }: Replayable, line: string, said: string): Promise<Dreamt> {
  const storeId = await seedStore(database, { '/dev.md': `# Development\n\n- ${line}\n- Every service has an owner.\n` });
  const sessionId = await seedSession(database, '2026-10-01T09:00:00Z', [user(said)]);
  const { dreamId } = await dream(client, storeId, [sessionId]);
  await temporal.workflow.getHandle(dreamId).result();
  return { dreamId, sessionId };
}

/** As somebody with the owner's rights would: a file of the draft gets another text. */
async function alterDraft({ damage }: Replayable, dreamId: string): Promise<void> {
  const another = `(select sha256 from contents where sha256 <> draft_files.sha256 order by sha256 limit 1)`;
  const altered = await damage(`update draft_files set sha256 = ${another}
    where draft_id = (select id from drafts where dream_id = '${dreamId}') and path = '/dev.md' returning path`);
  expect(altered).toHaveLength(1);
}

it('tells what an erasure made of a draft from what somebody else did to it', async () => {
  const used = await replayable();
  const kept = await dreamOver(used, 'The API listens on port 3000.', 'The API listens on port 4100 now, not 3000.');
  const erased = await dreamOver(used, 'The proxy listens on port 8000.', 'The proxy listens on port 8200 now, not 8000.');
  const unread = await seedSession(used.database, '2026-10-02T09:00:00Z', [
    user('The lighthouse keeper is called Wilhelmina Quarterstaff.'),
  ]);
  await used.archive();
  await used.client.eraseSession(unread, { by: 'ann' });
  const { report } = await used.client.eraseSession(erased.sessionId, { by: 'ann' });
  expect(report.rewrittenDrafts).toEqual([{ draftId: expect.stringMatching(/^drft?_/) as string, digest: expect.any(String) as string }]);

  const untouched = await dreams('replay', kept.dreamId);
  expect([untouched.exitCode, untouched.stdout]).toEqual([0, expect.stringMatching(/rows: as recorded \(.*contents of a draft/) as string]);
  const rewritten = await dreams('replay', erased.dreamId);
  expect(rewritten.exitCode).toBe(0);
  expect(rewritten.stdout).toMatch(/rows: as recorded \((?!.*contents of a draft)/);
  expect(rewritten.stdout).toMatch(/the contents of the draft \w+ are those that the erasure of a session left/);

  // Neither the erasure of another session nor their own excuses what no erasure did.
  for (const { dreamId } of [erased, kept]) {
    await alterDraft(used, dreamId);
    const { exitCode, stdout } = await dreams('replay', dreamId);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('the digest over the contents of the draft') as string]);
  }

  // Reports of before say nothing of drafts: then it cannot be known, and is said.
  await used.damage(`update erasures set report = (report::jsonb - 'rewrittenDrafts')::json`);
  const old = await dreams('replay', kept.dreamId);
  expect([old.exitCode, old.stdout]).toEqual([0, expect.stringContaining('can no longer be compared') as string]);
}, 600_000);
