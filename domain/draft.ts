import type { Change } from './change.ts';
import type { Evidence } from './evidence.ts';

/** One file of the staged result. */
export interface DraftFile {
  path: string;
  content: string;
  sha256: string;
  /** The input's memory that it continues; null for a new file. */
  memoryId: string | null;
}

/** A line of the staged result with where it comes from: from its change, or from the unchanged input. */
export interface DraftClaim {
  id: string;
  path: string;
  text: string;
  /** UTF-16 offsets in the file's content, as in Claim. */
  start: number;
  end: number;
  /** The change that made or altered it; null when it stands as it stood. */
  changeId: string | null;
  evidence: Evidence[];
}

/** The staged result plus its change list. `digest` covers files and changes. */
export interface Draft {
  id: string;
  digest: string;
  files: DraftFile[];
  /** Paths of the input that are no longer there. */
  deleted: string[];
  claims: DraftClaim[];
  changes: Change[];
}
