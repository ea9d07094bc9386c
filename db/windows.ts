import { and, asc, eq } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { dreamWindows } from './schema/index.ts';

export type WindowRow = typeof dreamWindows.$inferSelect;

export async function insertWindows(tx: Transaction, rows: readonly (typeof dreamWindows.$inferInsert)[]): Promise<void> {
  for (const chunk of chunks(rows)) await tx.insert(dreamWindows).values(chunk).onConflictDoNothing();
}

export async function readWindows(tx: Transaction, dreamId: string): Promise<WindowRow[]> {
  return await tx.select().from(dreamWindows).where(eq(dreamWindows.dreamId, dreamId)).orderBy(asc(dreamWindows.ordinal));
}

export async function readWindowsOfPack(tx: Transaction, dreamId: string, pack: number): Promise<WindowRow[]> {
  return await tx
    .select()
    .from(dreamWindows)
    .where(and(eq(dreamWindows.dreamId, dreamId), eq(dreamWindows.pack, pack)))
    .orderBy(asc(dreamWindows.ordinal));
}

export async function setWindowRead(tx: Transaction, dreamId: string, ordinal: number, facts: number): Promise<void> {
  await tx
    .update(dreamWindows)
    .set({ state: facts === 0 ? 'no_signal' : 'read', facts })
    .where(and(eq(dreamWindows.dreamId, dreamId), eq(dreamWindows.ordinal, ordinal)));
}
