/** The paths that an operation touched, and what became of each. */
import type { Transaction } from '../db/database.ts';
import { readStepsOf } from '../db/operations.ts';

export interface TouchedPath {
  path: string;
  what: 'created' | 'modified' | 'renamed' | 'deleted';
  /** Of a renamed one: where it stood before. */
  from?: string;
}

/** Key: the operation; its paths in byte order. An operation that touched none is absent. */
export async function readTouchedPaths(tx: Transaction, operationIds: readonly string[]): Promise<Map<string, TouchedPath[]>> {
  const touched = new Map<string, TouchedPath[]>();
  for (const { operationId, path, beforePath, isDeleted } of await readStepsOf(tx, operationIds)) {
    const paths = touched.get(operationId) ?? [];
    touched.set(operationId, paths);
    if (beforePath === null) paths.push({ path, what: 'created' });
    else if (isDeleted) paths.push({ path, what: 'deleted' });
    else paths.push(beforePath === path ? { path, what: 'modified' } : { path, what: 'renamed', from: beforePath });
  }
  return touched;
}
