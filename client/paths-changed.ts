/** Why an operation cannot be undone: paths that somebody wrote to since, with both sides. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import type { OperationRow } from '../db/operations.ts';
import { DreamsError } from '../domain/errors.ts';
import type { UndoConflict } from '../domain/undo.ts';

/** A path that somebody wrote to since, with the texts of both sides; null where there is, or would be, no file. */
export interface ChangedPath {
  path: string;
  now: string | null;
  back: string | null;
}

/** `paths_changed`, with what stands in the way. */
export class PathsChangedError extends DreamsError {
  readonly conflicts: readonly ChangedPath[];

  constructor(message: string, hint: string, conflicts: readonly ChangedPath[]) {
    super('paths_changed', message, { hint });
    this.conflicts = conflicts;
  }
}

const namedAtMost = 5;

export async function toPathsChanged(
  tx: Transaction,
  operation: OperationRow,
  conflicts: readonly UndoConflict[],
): Promise<PathsChangedError> {
  const texts = await readContents(
    tx,
    conflicts.flatMap(({ now, back }) => [now ?? [], back ?? []].flat()),
  );
  const textOf = (sha256: string | null): string | null => (sha256 === null ? null : (texts.get(sha256) ?? null));
  const named = conflicts.slice(0, namedAtMost).map((conflict) => conflict.path);
  const more = conflicts.length - named.length;
  return new PathsChangedError(
    `${conflicts.length === 1 ? 'A path has' : `${String(conflicts.length)} paths have`} changed since the operation ${operation.id}: ${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}. Nothing was undone.`,
    `Undo what changed ${conflicts.length === 1 ? 'it' : 'them'} first (see "dreams log ${operation.storeId}"), or put the files right with "dreams edit".`,
    conflicts.map(({ path, now, back }) => ({ path, now: textOf(now), back: textOf(back) })),
  );
}
