/** Why an operation cannot be undone: paths that somebody wrote to since, with both sides. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import type { OperationRow } from '../db/operations.ts';
import { readOperations } from '../db/operations.ts';
import { DreamsError } from '../domain/errors.ts';
import type { OperationKind } from '../domain/operation.ts';
import type { UndoConflict } from '../domain/undo.ts';
import { readTouchedPaths } from './touched-paths.ts';
import { holds, undoChains } from './undo-chains.ts';

/** A path that somebody wrote to since, with the texts of both sides; null where there is, or would be, no file. */
export interface ChangedPath {
  path: string;
  now: string | null;
  back: string | null;
  /** The operations that changed it, newest first: to be undone in this order. */
  since: ChangingOperation[];
}

export interface ChangingOperation {
  id: string;
  kind: OperationKind;
  at: string;
  by: string;
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
  const since = await readSince(tx, operation);
  const changed = conflicts.map(({ path, now, back }): ChangedPath => {
    const changing = since.filter(({ paths }) => paths.has(path)).map((each) => each.operation);
    return { path, now: textOf(now), back: textOf(back), since: changing };
  });
  const named = conflicts.slice(0, namedAtMost).map((conflict) => conflict.path);
  const more = conflicts.length - named.length;
  const changing = since.filter(({ paths }) => conflicts.some(({ path }) => paths.has(path))).map((each) => each.operation);
  return new PathsChangedError(
    `${conflicts.length === 1 ? 'A path has' : `${String(conflicts.length)} paths have`} changed since the operation ${operation.id}: ${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}. Nothing was undone.`,
    whatToDo(operation.storeId, conflicts.length === 1 ? 'it' : 'them', changing),
    changed,
  );
}

/** What came after the operation and still holds, newest first, with every path that it touched. */
async function readSince(tx: Transaction, operation: OperationRow): Promise<{ operation: ChangingOperation; paths: Set<string> }[]> {
  const later = (await readOperations(tx, operation.storeId)).filter((row) => row.revision > operation.revision);
  const standing = undoChains(later)
    .filter(holds)
    .flatMap((chain) => chain.at(-1) ?? [])
    .sort((a, b) => b.revision - a.revision);
  const touched = await readTouchedPaths(
    tx,
    standing.map((row) => row.id),
  );
  return standing.map(({ id, kind, createdAt, by }) => ({
    operation: { id, kind, at: createdAt.toISOString(), by },
    paths: new Set((touched.get(id) ?? []).flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]))),
  }));
}

function whatToDo(storeId: string, them: string, changing: readonly ChangingOperation[]): string {
  const edit = `put ${them === 'it' ? 'the file' : 'the files'} right with "dreams edit ${storeId} PATH"`;
  const erasure = changing.find((each) => each.kind === 'erase');
  if (erasure !== undefined)
    return `The operation ${erasure.id} erased a session and changed ${them}; an erasure is not taken back, so ${edit} instead.`;
  const [newest, ...others] = changing;
  if (newest === undefined) return `Undo what changed ${them} first (see "dreams log ${storeId}"), or ${edit}.`;
  const rest = others.length === 0 ? '' : `, then ${others.map((each) => each.id).join(', ')}`;
  return `Undo what changed ${them} first: "dreams undo ${newest.id}"${rest}; or ${edit}.`;
}
