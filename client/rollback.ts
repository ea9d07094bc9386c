/** Points an alias back at the store before; `promote` is the way forward again. */
import { lockAlias, readAliasMoves } from '../db/aliases.ts';
import { withWorkspace } from '../db/database.ts';
import { standingStores } from '../domain/alias.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Author } from './author.ts';
import { checkAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { MovedAlias } from './move-alias.ts';
import { moveAlias } from './move-alias.ts';

export async function rollback(context: Context, name: string, author: Author): Promise<MovedAlias> {
  const { by, note } = checkAuthor(author);
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const alias = await lockAlias(tx, name);
    const storeId = standingStores(await readAliasMoves(tx, name)).at(-2);
    if (storeId === undefined)
      throw new DreamsError('not_found', `The alias ${name} points at ${alias.storeId}, and there is no store before it to go back to.`, {
        hint: `See "dreams alias show ${name}" for its moves; "dreams promote memstore_... --alias ${name}" points it at any store.`,
      });
    return await moveAlias(context, tx, { name, kind: 'rollback', before: alias.storeId, storeId, by, note });
  });
}
