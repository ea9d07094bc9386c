import type { Transaction } from '../db/database.ts';
import type { DraftRow } from '../db/drafts.ts';
import { readChanges } from '../db/drafts.ts';
import type { OperationReport } from '../domain/operation.ts';

/** The commit message of a dream: counts, reasons, what was left out or kept although doubtful, open questions; ids and paths only. */
export async function dreamReport(tx: Transaction, draft: DraftRow, theirs: string[]): Promise<OperationReport> {
  const changes = await readChanges(tx, draft.id);
  const { reasons, files, claims, dropped, keptByCap } = draft.report;
  return {
    reasons,
    files,
    claims,
    dropped,
    keptByCap,
    leftOut: draft.leftOut,
    open: changes.filter((change) => change.kind === 'open_conflict').map((change) => change.id),
    theirs,
  };
}
