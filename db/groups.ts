import { and, asc, count, eq, max } from 'drizzle-orm';
import type { Group } from '../domain/group.ts';
import type { Transaction } from './database.ts';
import { insertRows } from './insert-rows.ts';
import { groups, inputClaims } from './schema/index.ts';

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

export interface Grouping {
  claims: number;
  groups: number;
  packs: number;
}

/** How a dream's claims and facts were grouped. */
export async function readGrouping(tx: Transaction, dreamId: string): Promise<Grouping> {
  const [counted] = await tx
    .select({ groups: count(), last: max(groups.pack) })
    .from(groups)
    .where(eq(groups.dreamId, dreamId));
  const [claims] = await tx.select({ claims: count() }).from(inputClaims).where(eq(inputClaims.dreamId, dreamId));
  return { claims: claims?.claims ?? 0, groups: counted?.groups ?? 0, packs: (counted?.last ?? -1) + 1 };
}
