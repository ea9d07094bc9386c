import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { insertStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import { maxStoreNameCharacters } from '../domain/limits.ts';
import type { Context } from './context.ts';

/** An empty memory store. */
export async function createStore(context: Context, name: string): Promise<{ id: string; name: string }> {
  return await withWorkspace(context.database, context.workspaceId, (tx) => insertEmptyStore(context, tx, name));
}

export async function insertEmptyStore(context: Context, tx: Transaction, name: string): Promise<{ id: string; name: string }> {
  const characters = Array.from(name).length;
  if (characters < 1 || characters > maxStoreNameCharacters) {
    throw new DreamsError(
      'invalid_input',
      `A store's name has 1 to ${String(maxStoreNameCharacters)} characters; this one has ${String(characters)}.`,
    );
  }
  if (/\p{Cc}/u.test(name)) throw new DreamsError('invalid_input', "A store's name holds no control characters.");
  const store = { id: context.makeId('memstore'), name };
  await insertStore(tx, { workspaceId: context.workspaceId, ...store });
  return store;
}
