// The lines of a draft that its input does not hold: what several guards look at.
import { claimsBy, type GuardInput } from './guard.ts';

export interface ChangedLine {
  path: string;
  text: string;
  /** The change whose claim stands in the line; null for headings, indexes and the like. */
  changeId: string | null;
}

/** Every line of the draft that stands in no file of the input, blank ones left out. */
export function changedLines(input: GuardInput): ChangedLine[] {
  const known = new Set<string>();
  for (const memory of input.input.memories) for (const line of memory.content.split('\n')) known.add(line.trim());
  const unchanged = new Set(input.input.memories.map((memory) => `${memory.path}\u0000${memory.content}`));
  const claimsOf = claimsBy(input.draft, (claim) => claim.path);
  const changed: ChangedLine[] = [];
  for (const file of input.draft.files) {
    if (unchanged.has(`${file.path}\u0000${file.content}`)) continue;
    const claims = (claimsOf.get(file.path) ?? []).filter((claim) => claim.changeId !== null && claim.start < claim.end);
    let start = 0;
    for (const text of file.content.split('\n')) {
      const end = start + text.length;
      if (text.trim() !== '' && !known.has(text.trim())) {
        const inLine = claims.find((claim) => claim.start <= end && claim.end >= start);
        changed.push({ path: file.path, text, changeId: inLine?.changeId ?? null });
      }
      start = end + 1;
    }
  }
  return changed;
}
