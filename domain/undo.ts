// What it takes to undo an operation, and what stands in the way: pure, over paths and hashes.
import type { OperationCounts } from './operation.ts';

/** A memory as it stood or stands: where, and with which bytes. */
export interface Standing {
  path: string;
  sha256: string;
}

/** What an operation did to a memory; null where there was none before, or none after. */
export interface DoneStep<Before extends Standing> {
  memoryId: string;
  before: Before | null;
  after: Standing | null;
}

export interface Restored<Before extends Standing> {
  memoryId: string;
  /** What stands there now; null for a memory that comes back. */
  now: Standing | null;
  /** What it becomes; null for a memory that goes. */
  back: Before | null;
}

/** A path where somebody wrote since: what stands there now, and what the undo would have put there. */
export interface UndoConflict {
  path: string;
  now: string | null;
  back: string | null;
}

export interface UndoPlan<Before extends Standing> {
  restored: Restored<Before>[];
  conflicts: UndoConflict[];
}

/** All or nothing: with a single conflict nothing is to be restored. `heads` is the whole store, by memory. */
export function planUndo<Before extends Standing>(
  steps: readonly DoneStep<Before>[],
  heads: ReadonlyMap<string, Standing>,
): UndoPlan<Before> {
  const conflicts: UndoConflict[] = [];
  const restored: Restored<Before>[] = [];
  const standing = new Map([...heads].map(([memoryId, { path, sha256 }]) => [path, { memoryId, sha256 }]));
  for (const { memoryId, before, after } of steps) {
    const now = heads.get(memoryId) ?? null;
    if (now?.path === after?.path && now?.sha256 === after?.sha256) restored.push({ memoryId, now, back: before });
    else if (before !== null && before.path === after?.path && before.sha256 === after.sha256) {
      // It only recorded what speaks for lines that stood; who wrote there since loses nothing by its staying.
    } else {
      // Where the memory went, what it holds there; else whatever stands where the operation left it.
      const path = now?.path ?? after?.path ?? before?.path ?? '';
      conflicts.push({ path, now: now?.sha256 ?? standing.get(path)?.sha256 ?? null, back: before?.path === path ? before.sha256 : null });
      if (before !== null && before.path !== path)
        conflicts.push({ path: before.path, now: standing.get(before.path)?.sha256 ?? null, back: before.sha256 });
    }
  }
  const leaving = new Set(restored.map((step) => step.memoryId));
  const staying = new Map([...standing].filter(([, { memoryId }]) => !leaving.has(memoryId)).map(([path, { sha256 }]) => [path, sha256]));
  const folders = new Map([...staying.keys()].flatMap((path) => foldersOf(path).map((folder) => [folder, path] as const)));
  for (const { back } of restored) {
    if (back === null) continue;
    const other = inTheWay(back.path, staying, folders);
    if (other !== null) conflicts.push({ path: other, now: staying.get(other) ?? null, back: other === back.path ? back.sha256 : null });
  }
  return conflicts.length > 0 ? { restored: [], conflicts: distinct(conflicts) } : { restored, conflicts };
}

/** The path itself, a file where a folder is needed, or a file below it. */
function inTheWay(path: string, staying: ReadonlyMap<string, string>, folders: ReadonlyMap<string, string>): string | null {
  if (staying.has(path)) return path;
  return foldersOf(path).find((folder) => staying.has(folder)) ?? folders.get(path) ?? null;
}

/** `/a/b/c.md` is below `/a` and `/a/b`. */
function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) folders.push(path.slice(0, slash));
  return folders;
}

function distinct(conflicts: readonly UndoConflict[]): UndoConflict[] {
  const byPath = new Map(conflicts.map((conflict) => [conflict.path, conflict]));
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A memory that gets another path counts as renamed, whatever becomes of its text. */
export function countRestored(restored: readonly Restored<Standing>[]): OperationCounts {
  const counts: OperationCounts = {};
  for (const { now, back } of restored) {
    const kind = now === null ? 'created' : back === null ? 'deleted' : now.path === back.path ? 'modified' : 'renamed';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
