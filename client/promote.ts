/** Points an alias at a store, or at what a dream made: agents that use the name read the new store from then on. */
import { lockAlias } from '../db/aliases.ts';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { requireDream } from '../db/dreams.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Author } from './author.ts';
import { checkAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { MovedAlias } from './move-alias.ts';
import { moveAlias } from './move-alias.ts';

/** `storeOrDream`: the id of a memory store, or of a dream whose output is meant. */
export async function promote(context: Context, storeOrDream: string, name: string, author: Author): Promise<MovedAlias> {
  const { by, note } = checkAuthor(author);
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const alias = await lockAlias(tx, name);
    const isDream = storeOrDream.startsWith('drm_');
    const storeId = isDream ? await outputOf(tx, storeOrDream) : storeOrDream;
    return await moveAlias(context, tx, {
      name,
      kind: 'promote',
      before: alias.storeId,
      storeId,
      by,
      note,
      ...(isDream ? { dreamId: storeOrDream } : {}),
    });
  });
}

async function outputOf(tx: Transaction, dreamId: string): Promise<string> {
  const { status, outcome, outputStoreId } = await requireDream(tx, dreamId);
  if (outcome === 'committed' && outputStoreId !== null) return outputStoreId;
  const ended = outcome !== null;
  throw new DreamsError(
    'invalid_input',
    `The dream ${dreamId} ${ended ? `ended as ${outcome}` : `has not ended (${status})`}, so it has no result to promote.`,
    {
      hint: ended
        ? 'Promote a dream that was committed; see "dreams list".'
        : `Follow it with "dreams watch ${dreamId}" and promote it when it has completed.`,
    },
  );
}
