import { expect, it } from 'vitest';
import { changesWithCredential } from '../../client/credentials-of-changes.ts';
import { withWorkspace } from '../../db/database.ts';
import { pinMemories } from '../../db/dreams.ts';
import { readHeads } from '../../db/memories.ts';
import type { Change } from '../../domain/change.ts';
import { seedDream, seedStore, workspaceId } from '../support/seeds.ts';
import { facade } from './support.ts';

const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';

function aChange(id: string, change: Partial<Change>, removed: readonly [string, string][]): Change {
  return {
    id,
    kind: 'rewrite',
    path: '/a.md',
    before: null,
    after: null,
    claimId: null,
    reasonCode: 'secret',
    reason: 'It is masked.',
    evidence: [],
    removed: removed.map(([path, text]) => ({ claimId: 'clm_1', path, text })),
    ...change,
  };
}

it('tells by the input which changes take a credential out, whatever they are called for', async () => {
  const { database } = await facade({ address: null });
  const storeId = await seedStore(database, {
    '/a.md': `- The token is ${token} and it\n  works for the runner.\n- Printer key: [secret removed]\n`,
    '/b.md': `- The token is ${token} there.\n- Log in as mara@example.com.\n`,
  });
  const dreamId = await seedDream(database, { storeId, sessionIds: [] });
  const masked = 'The token is [secret removed] and it\nworks for the runner.';
  const changes = [
    aChange('masked', { after: masked }, [['/a.md', masked]]),
    aChange('gone', { kind: 'retire' }, [['/a.md', masked]]),
    aChange('merged', { kind: 'merge', reasonCode: 'duplicate' }, [
      ['/a.md', 'Something else.'],
      ['/b.md', 'The token is [secret removed] there.'],
    ]),
    aChange('unmasked', { kind: 'supersede', reasonCode: 'duplicate' }, [['/b.md', `The token is ${token} there.`]]),
    aChange('address', {}, [['/b.md', 'Log in as mara@example.com.']]),
    // Nothing is left to keep in a line that was masked before the dream.
    aChange('stub', { kind: 'retire' }, [['/a.md', 'Printer key: [secret removed]']]),
    aChange('harmless', { reasonCode: 'duplicate' }, [['/a.md', 'Something else.']]),
  ];
  const found = await withWorkspace(database, workspaceId, async (tx) => {
    const heads = await readHeads(tx, storeId);
    await pinMemories(
      tx,
      heads.map(({ memoryId, versionId, path, sha256 }) => ({ workspaceId, dreamId, memoryId, versionId, path, sha256 })),
    );
    return await changesWithCredential(tx, dreamId, changes);
  });
  expect([...found]).toEqual(['masked', 'gone', 'merged', 'unmasked', 'address']);
});
