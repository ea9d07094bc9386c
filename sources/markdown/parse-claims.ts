// Parses a memory into its claims: one list item, paragraph, table row or code block each.
import type { Claim } from '../../domain/claim.ts';
import type { Evidence, Origin } from '../../domain/evidence.ts';
import { isIndexPath } from '../../domain/index-file.ts';
import { deriveId } from '../../domain/ids.ts';
import { memoryDate, noteDate } from '../../domain/markdown/note-date.ts';
import { readBlocks } from '../../domain/markdown/read-blocks.ts';

/** What an earlier dream recorded about a line of this very version, so that its offsets decide. */
export interface RecordedClaim {
  start: number;
  end: number;
  text: string;
  origin: Origin;
  evidence: Evidence[];
  at: string | null;
}

export interface ParseClaimsInput {
  memoryId: string;
  memoryVersionId: string;
  path: string;
  content: string;
  dreamId: string;
  recorded?: RecordedClaim[];
  protected: boolean;
}

/** Never throws; in order of the text; ranges never overlap (a parent item ends before its first child). */
export function parseClaims(input: ParseClaimsInput): Claim[] {
  if (isIndexPath(input.path)) return [];
  const { frontMatter, blocks } = readBlocks(input.content);
  const fileDate = frontMatter === null ? null : frontMatterDate(input.content.slice(frontMatter.start, frontMatter.end));
  const recordedAt = new Map((input.recorded ?? []).map((entry) => [`${entry.start} ${entry.end}`, entry]));
  const claims: Claim[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') continue;
    const recorded = recordedAt.get(`${block.start} ${block.end}`);
    claims.push({
      id: deriveId('clm', input.dreamId, 'groupClaims', input.memoryVersionId, claims.length),
      memoryId: input.memoryId,
      memoryVersionId: input.memoryVersionId,
      path: input.path,
      headings: block.headings,
      kind: block.kind,
      text: block.text,
      start: block.start,
      end: block.end,
      at: recorded?.at ?? noteDate(block.text) ?? memoryDate(block.headings, input.path) ?? fileDate,
      origin: recorded?.origin ?? 'memory',
      evidence: recorded?.evidence ?? [],
      protected: input.protected,
    });
  }
  return claims;
}

function frontMatterDate(frontMatter: string): string | null {
  const found = /^(?:last[_-]?updated|updated|modified|date|created)(?:[_-]?at)?[ \t]*:[ \t]*["']?(\d{4}-\d{2}-\d{2})/im.exec(
    frontMatter,
  )?.[1];
  return found ?? null;
}
