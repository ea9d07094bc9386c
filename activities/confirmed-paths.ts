import type { Transaction } from '../db/database.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import { readSessionQuotes } from '../db/provenance.ts';
import { readStandingClaims } from '../db/standing-claims.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { WantedFile } from './rebase-draft.ts';

/**
 * Files that stand as they stood, but that sessions of this dream spoke for in a way that is not on record yet. A version of
 * its own keeps what was learnt: without it the next dream takes a line that was confirmed today for as old as it ever was.
 */
export async function confirmedPaths(
  tx: Transaction,
  dreamId: string,
  draftId: string,
  files: readonly WantedFile[],
): Promise<Set<string>> {
  const hashes = new Map(files.flatMap((file) => (file.copiedFrom === null ? [[file.path, file.sha256] as const] : [])));
  const same = new Map(
    (await readPinnedMemories(tx, dreamId))
      .filter((memory) => hashes.get(memory.path) === memory.sha256)
      .map((memory) => [memory.path, memory.versionId]),
  );
  const quotes = await readSessionQuotes(tx, draftId, [...same.keys()]);
  if (quotes.length === 0) return new Set();
  const recorded = await readStandingClaims(tx, [...new Set(quotes.flatMap((quote) => same.get(quote.path) ?? []))]);
  const known = new Map(
    [...same].map(([path, versionId]) => [
      path,
      new Set((recorded.get(versionId) ?? []).flatMap((claim) => claim.evidence.map((item) => keyOf(claim.start, item)))),
    ]),
  );
  return new Set(quotes.filter((quote) => known.get(quote.path)?.has(keyOf(quote.line, quote)) !== true).map((quote) => quote.path));
}

/** The words of one line's evidence; a line that stood elsewhere in the file would have changed it. */
function keyOf(line: number, item: Evidence | { eventId: string; block: number; start: number; end: number }): string {
  return 'eventId' in item ? [line, item.eventId, item.block, item.start, item.end].join(' ') : '';
}
