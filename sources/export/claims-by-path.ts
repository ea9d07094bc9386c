/** The claims of each memory in the order in which they stand there. */
export function claimsByPath<T extends { path: string; start: number; end: number }>(claims: T[]): (path: string) => T[] {
  const byPath = new Map<string, T[]>();
  for (const claim of claims) {
    const known = byPath.get(claim.path);
    if (known === undefined) byPath.set(claim.path, [claim]);
    else known.push(claim);
  }
  return (path) => (byPath.get(path) ?? []).toSorted((a, b) => a.start - b.start || a.end - b.end);
}
