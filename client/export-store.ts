/** A store as a folder of Markdown with its provenance beside it. */
import { withWorkspace } from '../db/database.ts';
import { findChange, readChanges } from '../db/drafts.ts';
import { readOperations } from '../db/operations.ts';
import { requireStore } from '../db/stores.ts';
import type { Change } from '../domain/change.ts';
import type { ExportedFolder } from '../sources/export/markdown-export.ts';
import { exportStore as toFolder } from '../sources/export/markdown-export.ts';
import type { Context } from './context.ts';
import { readStoreLines } from './store-lines.ts';
import { holds, undoChains } from './undo-chains.ts';

export async function exportStore(context: Context, id: string): Promise<ExportedFolder> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const store = await requireStore(tx, id);
    // The newest dream that nobody took back. What came after it by hand has no changes of its own.
    const operation = undoChains(await readOperations(tx, id)).find((chain) => chain[0]?.kind === 'dream' && holds(chain))?.[0];
    const { memories, lines } = await readStoreLines(tx, id);
    const changes = new Map<string, Change>();
    // What the last dream took away stands in no line; a line that it wrote may be gone since.
    const draft = operation?.draftId ?? null;
    const standing = new Set(lines.filter((line) => line.draftId === draft).flatMap((line) => [line.id, line.changeId ?? line.id]));
    if (draft !== null)
      for (const change of await readChanges(tx, draft))
        if (change.claimId === null || standing.has(change.claimId) || standing.has(change.id)) changes.set(change.id, change);
    // The lines of earlier dreams name changes of theirs.
    for (const { draftId, changeId } of lines) {
      if (draftId === null || changeId === null || changes.has(changeId)) continue;
      const change = await findChange(tx, draftId, changeId);
      if (change !== undefined) changes.set(changeId, change);
    }
    return toFolder({
      store: { id, name: store.name },
      memories,
      claims: lines.map((line) => (line.imported === null ? line : { ...line, evidence: [line.imported] })),
      changes: [...changes.values()],
      dreamId: operation?.dreamId ?? null,
    });
  });
}
