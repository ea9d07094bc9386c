import { and, asc, eq } from 'drizzle-orm';
import type { Group } from '../domain/group.ts';
import type { Transaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { groups } from './schema/index.ts';

export async function insertGroups(tx: Transaction, rows: readonly (typeof groups.$inferInsert)[]): Promise<void> {
  await insertRows(tx, groups, rows, { keepStanding: true });
}

export async function readGroupsOfPack(tx: Transaction, dreamId: string, pack: number): Promise<Group[]> {
  return await tx
    .select({ ordinal: groups.ordinal, claimIds: groups.claimIds, factIds: groups.factIds })
    .from(groups)
    .where(and(eq(groups.dreamId, dreamId), eq(groups.pack, pack)))
    .orderBy(asc(groups.ordinal));
}
