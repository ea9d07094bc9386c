import { inArray, sql } from 'drizzle-orm';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { memories } from './schema/index.ts';

/**
 * Takes memories off their paths before versions put them on others, so that two can exchange theirs: a path is held once at
 * any moment. No path of a memory holds a control character, and none of these outlives the transaction.
 */
export async function parkPaths(tx: Transaction, memoryIds: readonly string[]): Promise<void> {
  for (const chunk of chunks(memoryIds))
    await tx
      .update(memories)
      .set({ path: sql`'/' || chr(1) || ${memories.id}` })
      .where(inArray(memories.id, chunk));
}
