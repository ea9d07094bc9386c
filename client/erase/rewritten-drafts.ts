/** What an erasure left of drafts, so that a later replay can tell its work from anybody else's. */
import type { Transaction } from '../../db/database.ts';
import { digestOfContents, findDraft } from '../../db/drafts.ts';
import type { ErasureReport } from '../../domain/erasure.ts';

/** Only those whose contents are not those of their digest any more: it covers no reasons and no quotes. */
export async function readRewrittenDrafts(
  tx: Transaction,
  draftIds: readonly string[],
): Promise<NonNullable<ErasureReport['rewrittenDrafts']>> {
  const rewritten: NonNullable<ErasureReport['rewrittenDrafts']> = [];
  for (const draftId of [...new Set(draftIds)].sort()) {
    const digest = await digestOfContents(tx, draftId);
    if (digest !== (await findDraft(tx, draftId))?.digest) rewritten.push({ draftId, digest });
  }
  return rewritten;
}
