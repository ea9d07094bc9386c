import { withWorkspace } from '../db/database.ts';
import { findDraft, newestDraft, readChanges } from '../db/drafts.ts';
import { requireDream } from '../db/dreams.ts';
import type { DraftReport } from '../domain/report.ts';
import type { Context } from './context.ts';
import type { WireChange } from './wire/change.ts';
import { readTitles, toWireChange } from './wire/change.ts';
import type { WireDream } from './wire/dream.ts';
import { readWireDream } from './wire/dream.ts';

export interface ShownDream extends WireDream {
  /** Of the committed draft, or of the newest one; empty before the first. */
  changes: WireChange[];
  report: DraftReport | null;
}

/** A dream with its change list and what the guards said. */
export async function showDream(context: Context, id: string): Promise<ShownDream> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const dream = await requireDream(tx, id);
    const wire = await readWireDream(tx, dream);
    const draft = dream.draftId === null ? await newestDraft(tx, id) : await findDraft(tx, dream.draftId);
    if (draft === undefined) return { ...wire, changes: [], report: null };
    const changes = await readChanges(tx, draft.id);
    const titles = await readTitles(
      tx,
      changes.flatMap((change) => change.evidence),
    );
    return { ...wire, changes: changes.map((change) => toWireChange(change, titles)), report: draft.report };
  });
}
