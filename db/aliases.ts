import { and, asc, eq, inArray } from 'drizzle-orm';
import type { AliasMoveKind } from '../domain/alias.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { aliasMoves, aliases, dreams } from './schema/index.ts';

export type AliasRow = typeof aliases.$inferSelect;
export type AliasMoveRow = typeof aliasMoves.$inferSelect;

export async function findAlias(tx: Transaction, name: string): Promise<AliasRow | undefined> {
  return (await tx.select().from(aliases).where(eq(aliases.name, name)))[0];
}

export async function requireAlias(tx: Transaction, name: string): Promise<AliasRow> {
  return found(await findAlias(tx, name), name);
}

/** Locks the alias against other moves until the transaction ends. */
export async function lockAlias(tx: Transaction, name: string): Promise<AliasRow> {
  return found((await tx.select().from(aliases).where(eq(aliases.name, name)).for('update'))[0], name);
}

function found(alias: AliasRow | undefined, name: string): AliasRow {
  if (alias !== undefined) return alias;
  throw new DreamsError('alias_not_found', `There is no alias ${JSON.stringify(name)} in this workspace.`, {
    hint: `See "dreams alias list"; make it with "dreams alias set ${name} memstore_...".`,
  });
}

/** By name. */
export async function listAliases(tx: Transaction): Promise<AliasRow[]> {
  return await tx.select().from(aliases).orderBy(asc(aliases.name));
}

/** The names of those that point at a store. */
export async function findAliasesOf(tx: Transaction, storeId: string): Promise<string[]> {
  const rows = await tx.select({ name: aliases.name }).from(aliases).where(eq(aliases.storeId, storeId)).orderBy(asc(aliases.name));
  return rows.map((row) => row.name);
}

/** Makes an alias that is not there yet, without a move, so that it can be locked. Answers whether this call made it. */
export async function insertAlias(tx: Transaction, alias: { workspaceId: string; name: string; storeId: string }): Promise<boolean> {
  const rows = await tx.insert(aliases).values(alias).onConflictDoNothing().returning({ name: aliases.name });
  return rows.length === 1;
}

/** Of these stores those that a dream wrote as a store of its own, with the dream. */
export async function readDreamsBehind(tx: Transaction, storeIds: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const chunk of chunks([...new Set(storeIds)])) {
    const rows = await tx
      .select({ id: dreams.id, storeId: dreams.outputStoreId })
      .from(dreams)
      .where(and(inArray(dreams.outputStoreId, chunk), eq(dreams.outputBehavior, 'create_new'), eq(dreams.outcome, 'committed')));
    for (const { id, storeId } of rows) if (storeId !== null) found.set(storeId, id);
  }
  return found;
}

/** Oldest first. */
export async function readAliasMoves(tx: Transaction, name: string): Promise<AliasMoveRow[]> {
  return await tx.select().from(aliasMoves).where(eq(aliasMoves.name, name)).orderBy(asc(aliasMoves.number));
}

/** Points the alias at a store, under its row's lock, and records the move. An alias that is not there yet is made. */
export async function moveAlias(
  tx: Transaction,
  move: {
    workspaceId: string;
    name: string;
    kind: AliasMoveKind;
    storeId: string;
    by: string;
    note?: string | null;
    dreamId?: string | null;
  },
): Promise<void> {
  const { workspaceId, name, storeId } = move;
  await tx
    .insert(aliases)
    .values({ workspaceId, name, storeId })
    .onConflictDoUpdate({ target: [aliases.workspaceId, aliases.name], set: { storeId, updatedAt: new Date() } });
  const number = (await readAliasMoves(tx, name)).length + 1;
  await tx.insert(aliasMoves).values({ ...move, number, note: move.note ?? null, dreamId: move.dreamId ?? null });
}
