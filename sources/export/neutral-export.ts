/** A store in the neutral "store out" form: each memory with the sources of its lines, under the ids that the sources gave. */
import type { DraftClaim } from '../../domain/draft.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { claimsByPath } from './claims-by-path.ts';

export interface NeutralExport {
  memories: { path: string; content: string }[];
  claims: Pick<DraftClaim, 'path' | 'start' | 'end' | 'changeId' | 'evidence'>[];
  /** Our event id → the ids in the source. Events that were never imported keep ours. */
  sources: ReadonlyMap<string, { session: string; event: string | null }>;
}

export type NeutralSource =
  | { session: string; event: string; quote: string; anchor: string }
  | { memory: string; quote: string; anchor: string };

export interface NeutralStore {
  memories: { path: string; content: string; provenance: NeutralSource[] }[];
}

export function exportNeutral(input: NeutralExport): NeutralStore {
  const claimsOf = claimsByPath(input.claims);
  const memories = input.memories.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return {
    memories: memories.map(({ path, content }) => {
      const provenance = claimsOf(path).flatMap((claim) => {
        const source = content.slice(claim.start, claim.end);
        const pieces = anchorsOf(source);
        // A line that stands as it stood, with nothing recorded, comes from the input's file of that path.
        if (claim.changeId === null && claim.evidence.length === 0) {
          return pieces.map((anchor) => ({ memory: withoutSlash(path), quote: pieces.length === 1 ? source.trim() : anchor, anchor }));
        }
        return claim.evidence.flatMap((evidence) => sourceOf(evidence, pieces, input.sources));
      });
      return { path: withoutSlash(path), content, provenance: unique(provenance) };
    }),
  };
}

function sourceOf(evidence: Evidence, pieces: string[], sources: NeutralExport['sources']): NeutralSource[] {
  const anchor = bestAnchor(pieces, evidence.quote);
  if (anchor === null || evidence.quote.trim() === '') return [];
  if (evidence.kind === 'memory') return [{ memory: withoutSlash(evidence.path), quote: evidence.quote, anchor }];
  const source = sources.get(evidence.eventId);
  return [{ session: source?.session ?? evidence.sessionId, event: source?.event ?? evidence.eventId, quote: evidence.quote, anchor }];
}

function withoutSlash(path: string): string {
  return path.replace(/^\/+/, '');
}

/** Readers cut paragraphs of this length into sentences, so an anchor must not reach over two of them. */
const longParagraph = 400;
const listMarker = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/;

/** The claim's own text as it stands in the content, without marker and soft line breaks; several pieces of a long paragraph. */
function anchorsOf(source: string): string[] {
  const lines = source.split('\n');
  const first = lines[0] ?? '';
  if (first.trimStart().startsWith('```')) {
    return [
      lines
        .filter((line) => !line.trimStart().startsWith('```'))
        .join('\n')
        .trim(),
    ].filter((piece) => piece !== '');
  }
  if (first.trimStart().startsWith('|')) {
    return [
      first
        .trim()
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim())
        .join(' ')
        .trim(),
    ].filter((piece) => piece !== '');
  }
  const isItem = listMarker.test(first);
  // An item's own lines end where a nested item begins: that one is a unit of its own.
  const nested = isItem ? lines.findIndex((line, index) => index > 0 && listMarker.test(line)) : -1;
  const own = nested < 0 ? lines : lines.slice(0, nested);
  const text = own
    .map((line, index) => (index === 0 ? line.replace(listMarker, '') : line).trim())
    .filter((line) => line !== '')
    .join(' ');
  if (text === '') return [];
  return isItem || text.length <= longParagraph ? [text] : text.split(/(?<=[.!?])\s+/).filter((piece) => piece !== '');
}

/** The piece that shares most words with the quote; the first of equals. */
function bestAnchor(pieces: string[], quote: string): string | null {
  if (pieces.length < 2) return pieces[0] ?? null;
  const words = wordsOf(quote);
  let best = pieces[0] ?? null;
  let most = -1;
  for (const piece of pieces) {
    let shared = 0;
    for (const word of wordsOf(piece)) if (words.has(word)) shared += 1;
    if (shared > most) {
      most = shared;
      best = piece;
    }
  }
  return best;
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function unique(sources: NeutralSource[]): NeutralSource[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}
