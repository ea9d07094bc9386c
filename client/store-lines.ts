/** A store's memories with every statement in them and what dreams recorded about it: what both exports are made of. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { readHeads } from '../db/memories.ts';
import { readStandingClaims } from '../db/standing-claims.ts';
import type { DraftClaim } from '../domain/draft.ts';
import type { MemoryEvidence } from '../domain/evidence.ts';
import { memoryEvidence } from '../domain/staging/change-evidence.ts';
import { parseClaims } from '../sources/markdown/parse-claims.ts';

export interface StoreLine extends DraftClaim {
  /** Where its change is found; null for a line that no dream recorded. */
  draftId: string | null;
  /** Its words in the memory itself, where no dream recorded anything: it was imported or written by hand. */
  imported: MemoryEvidence | null;
}

export interface StoreLines {
  memories: { path: string; content: string }[];
  lines: StoreLine[];
}

export async function readStoreLines(tx: Transaction, storeId: string): Promise<StoreLines> {
  const heads = await readHeads(tx, storeId);
  const contents = await readContents(
    tx,
    heads.map((head) => head.sha256),
  );
  const recorded = await readStandingClaims(
    tx,
    heads.map((head) => head.versionId),
  );
  const lines: StoreLine[] = [];
  const memories = heads.map((head) => {
    const { path, memoryId } = head;
    const content = contents.get(head.sha256) ?? '';
    const versionId = head.copiedFrom ?? head.versionId;
    const known = new Map((recorded.get(head.versionId) ?? []).map((claim) => [`${String(claim.start)} ${String(claim.end)}`, claim]));
    for (const claim of parseClaims({ memoryId, memoryVersionId: versionId, path, content, dreamId: storeId, protected: false })) {
      const { id, text, start, end } = claim;
      const entry = known.get(`${String(start)} ${String(end)}`);
      lines.push({
        id: entry?.id ?? id,
        path,
        text,
        start,
        end,
        changeId: entry?.changeId ?? null,
        evidence: entry?.evidence ?? [],
        draftId: entry?.draftId ?? null,
        imported: entry === undefined ? memoryEvidence(claim, content) : null,
      });
      known.delete(`${String(start)} ${String(end)}`);
    }
    for (const { id, start, end, changeId, evidence, draftId } of known.values())
      lines.push({ id, path, text: content.slice(start, end).trim(), start, end, changeId, evidence, draftId, imported: null });
    return { path, content };
  });
  return { memories, lines };
}
