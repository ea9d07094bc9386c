/** Makes an alias, or points it at another store. */
import { insertAlias, lockAlias } from '../db/aliases.ts';
import { withWorkspace } from '../db/database.ts';
import { requireStore } from '../db/stores.ts';
import { aliasForm } from '../domain/alias.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Author } from './author.ts';
import { checkAuthor } from './author.ts';
import type { Context } from './context.ts';
import type { MovedAlias } from './move-alias.ts';
import { moveAlias } from './move-alias.ts';
import { idPrefixOf } from './resolve-store.ts';

export async function setAlias(context: Context, name: string, storeId: string, author: Author): Promise<MovedAlias> {
  checkAliasName(name);
  const { by, note } = checkAuthor(author);
  const { workspaceId } = context;
  return await withWorkspace(context.database, workspaceId, async (tx) => {
    await requireStore(tx, storeId);
    const isNew = await insertAlias(tx, { workspaceId, name, storeId });
    const alias = await lockAlias(tx, name);
    return await moveAlias(context, tx, { name, kind: 'set', before: isNew ? null : alias.storeId, storeId, by, note });
  });
}

/** Names that would read as ids of other things are kept free, so that a name is never mistaken for one. */
function checkAliasName(name: string): void {
  if (!aliasForm.test(name))
    throw new DreamsError('invalid_input', `${JSON.stringify(name)} cannot be the name of an alias.`, {
      hint: 'A name has 1 to 63 lower-case letters, digits, dots, dashes and underscores, and begins with a letter or digit: prod-agent',
    });
  const prefix = idPrefixOf(name);
  if (prefix !== null)
    throw new DreamsError('invalid_input', `${JSON.stringify(name)} cannot be the name of an alias: ids begin with ${prefix}.`, {
      hint: 'Choose a name that no id looks like, for example prod-agent.',
    });
}
