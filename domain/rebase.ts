// Puts a draft onto a store that moved since the snapshot: a path that only one side touched is that side's, one that both touched is a conflict.
import type { PathConflict } from './operation.ts';

/** A memory by its path; a rename is a file gone at the old path and another one at the new. */
export interface PathFile {
  path: string;
  sha256: string;
}

/** Without generated indexes: those are made again over what comes out. */
export interface RebaseInput {
  /** As the snapshot pinned it. */
  base: readonly PathFile[];
  /** As it stands now. */
  theirs: readonly PathFile[];
  /** The draft. */
  ours: readonly PathFile[];
  /**
   * Paths that a change of the draft names, also where their bytes stay: a line that goes elsewhere may count on one that
   * stands there.
   */
  named?: ReadonlySet<string>;
}

export interface RebasedFile extends PathFile {
  /** Whose bytes they are; `both` wrote the same. */
  from: 'base' | 'ours' | 'theirs' | 'both';
}

export interface Rebased {
  /** What would stand, by path; theirs where the two are in conflict. */
  files: RebasedFile[];
  conflicts: PathConflict[];
  /** Paths that others changed or deleted, the draft did not touch, and that keep theirs. */
  theirs: string[];
}

/** `limit`: how many memories the result may have. Of ours that are new, the last ones by path are too many then. */
export function rebase(input: RebaseInput, limit = Infinity): Rebased {
  const [base, theirs, ours] = [hashes(input.base), hashes(input.theirs), hashes(input.ours)];
  const standing = new Map<string, RebasedFile>();
  const conflicts: PathConflict[] = [];
  const kept: string[] = [];
  for (const path of [...new Set([...base.keys(), ...theirs.keys(), ...ours.keys()])].sort()) {
    const [was, now, draft] = [base.get(path) ?? null, theirs.get(path) ?? null, ours.get(path) ?? null];
    const stand = (sha256: string | null, from: RebasedFile['from']): void => {
      if (sha256 !== null) standing.set(path, { path, sha256, from });
    };
    if (draft === was && (now === was || input.named?.has(path) !== true)) {
      stand(now, now === was ? 'base' : 'theirs');
      if (now !== was) kept.push(path);
    } else if (now === was) stand(draft, 'ours');
    else if (now === draft) stand(now, 'both');
    else {
      stand(now, 'theirs');
      conflicts.push({ path, base: was, ours: draft, theirs: now });
    }
  }
  for (const { path, sha256 } of [...misplaced(standing), ...tooMany(standing, base, limit)]) {
    if (!standing.delete(path)) continue;
    conflicts.push({ path, base: null, ours: sha256, theirs: null });
  }
  return { files: [...standing.values()], conflicts: conflicts.sort((a, b) => (a.path < b.path ? -1 : 1)), theirs: kept };
}

function hashes(files: readonly PathFile[]): Map<string, string> {
  return new Map(files.map(({ path, sha256 }) => [path, sha256]));
}

/** New files of ours below a file of theirs, or where they have a folder. */
function misplaced(standing: ReadonlyMap<string, RebasedFile>): RebasedFile[] {
  const found = new Map<string, RebasedFile>();
  for (const file of standing.values()) {
    for (const folder of foldersOf(file.path)) {
      const ancestor = standing.get(folder);
      // Either side alone can stand, so one of a clashing pair is ours.
      if (ancestor !== undefined) {
        const own = ancestor.from === 'ours' ? ancestor : file;
        found.set(own.path, own);
      }
    }
  }
  return [...found.values()];
}

function foldersOf(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) folders.push(path.slice(0, slash));
  return folders;
}

function tooMany(standing: ReadonlyMap<string, RebasedFile>, base: ReadonlyMap<string, string>, limit: number): RebasedFile[] {
  const excess = standing.size - limit;
  if (excess <= 0) return [];
  return [...standing.values()].filter((file) => file.from === 'ours' && !base.has(file.path)).slice(-excess);
}
