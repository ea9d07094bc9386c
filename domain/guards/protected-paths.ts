import { isProtected } from '../protected-paths.ts';
import type { Guard, GuardFinding } from './guard.ts';

/** What the caller protects is read, never changed, moved, deleted or added to. */
export const protectedPaths: Guard = {
  name: 'protected-paths',
  title: 'Protected paths are untouched',
  check({ input, draft, protect }) {
    const findings: GuardFinding[] = [];
    const files = new Map(draft.files.map((file) => [file.path, file]));
    const before = new Map(input.memories.map((memory) => [memory.path, memory]));
    const differs = (path: string): boolean => files.get(path)?.content !== before.get(path)?.content;
    const protectedClaims = new Set(
      input.claims.filter((claim) => claim.protected || isProtected(claim.path, protect)).map((claim) => claim.id),
    );
    const blamed = new Set<string>();
    for (const change of draft.changes) {
      // Duplicates elsewhere may be merged into a protected line: it stays as it is.
      const ownPath = isProtected(change.path, protect) && differs(change.path) ? change.path : undefined;
      const path =
        change.removed.find((removed) => isProtected(removed.path, protect) || protectedClaims.has(removed.claimId))?.path ?? ownPath;
      if (path === undefined) continue;
      for (const each of [path, change.path, ...change.removed.map((removed) => removed.path)]) blamed.add(each);
      findings.push({ changeId: change.id, path, message: `A change of kind ${change.kind} touches ${path}, which is protected.` });
    }
    const guarded = [...new Set([...before.keys(), ...files.keys()])].filter((path) => isProtected(path, protect));
    for (const path of guarded) {
      if (differs(path) && !blamed.has(path)) {
        findings.push({ changeId: null, path, message: `${path} is protected and differs from the input, though no change names it.` });
      }
    }
    return { checked: guarded.length, findings };
  },
};
