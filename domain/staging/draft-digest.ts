// One digest over files and changes: what a reviewer saw is what a decision is bound to.
import { canonicalJson } from '../canonical-json.ts';
import type { Change } from '../change.ts';
import type { DraftFile } from '../draft.ts';
import { sha256Hex } from '../hash.ts';

export function draftDigest(files: readonly Pick<DraftFile, 'path' | 'sha256'>[], changes: readonly Change[]): string {
  const fileList = files.map(({ path, sha256 }) => [path, sha256]).sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
  const changeList = changes
    .map(({ id, kind, path, before, after, claimId, removed }) => ({
      id,
      kind,
      path,
      before,
      after,
      claimId,
      removed: removed.map((entry) => entry.claimId),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return sha256Hex(canonicalJson({ files: fileList, changes: changeList }));
}
