/** A store by its id or by an alias that points at it. */
import { findAlias } from '../db/aliases.ts';
import { withWorkspace } from '../db/database.ts';
import { aliasForm } from '../domain/alias.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Context } from './context.ts';

const idForm = /^(?:drm|memstore|mem|memver|sesn|sevt|wrkspc|drft|chg|op|clm|fact|grp|evd)_/;

/** How a text begins that reads as an id; null for one that can be a name. */
export function idPrefixOf(text: string): string | null {
  return idForm.exec(text)?.[0] ?? null;
}

/** Refuses what can be neither, before any connection is made. */
export function assertStoreOrAlias(idOrAlias: string): void {
  if (idOrAlias.startsWith('memstore_') || (idPrefixOf(idOrAlias) === null && aliasForm.test(idOrAlias))) return;
  throw new DreamsError('invalid_input', `${JSON.stringify(idOrAlias)} is no id of a memory store and no name of an alias.`, {
    hint: 'Ids begin with memstore_; see "dreams list" for the stores and "dreams alias list" for the aliases there are.',
  });
}

/** The id of the store; one that is an id already is passed on unseen. */
export async function resolveStore(context: Context, idOrAlias: string): Promise<string> {
  assertStoreOrAlias(idOrAlias);
  if (idOrAlias.startsWith('memstore_')) return idOrAlias;
  const alias = await withWorkspace(context.database, context.workspaceId, (tx) => findAlias(tx, idOrAlias));
  if (alias !== undefined) return alias.storeId;
  throw new DreamsError('alias_not_found', `There is no alias ${JSON.stringify(idOrAlias)} in this workspace.`, {
    hint: 'See "dreams alias list" for the aliases and "dreams list" for the memory stores there are.',
  });
}
