import type { Transaction } from './database.ts';
import { readVersions } from './memories.ts';
import { readMakers } from './operations.ts';
import { readTexts } from './standing-claims.ts';

/** An edit by hand: when, and the text that stood before; empty where there was none. */
export interface HandEdit {
  at: string;
  before: string;
}

/**
 * The edits by hand that follow each other up to these versions, the newest first: a dream or an import ends them. An undo and a
 * clone count as the version that they repeat. Key: the version. Those that no hand wrote are absent.
 */
export async function readHandEdits(tx: Transaction, versionIds: readonly string[]): Promise<Map<string, HandEdit[]>> {
  if (versionIds.length === 0) return new Map();
  const versions = await readVersions(tx, versionIds);
  const sources = new Map([...versions.values()].map((version) => [version.id, version.copiedFrom ?? version.id]));
  const makers = await readMakers(tx, [...sources.values()]);
  const edits = [...sources].flatMap(([id, source]) => {
    const maker = makers.get(source);
    return maker?.operation.kind === 'edit' ? [{ id, at: maker.operation.createdAt.toISOString(), before: maker.beforeVersionId }] : [];
  });
  const befores = edits.flatMap(({ before }) => before ?? []);
  const texts = await readTexts(tx, befores);
  const earlier = await readHandEdits(tx, befores);
  return new Map(
    edits.map(({ id, at, before }) => [id, [{ at, before: texts.get(before ?? '') ?? '' }, ...(earlier.get(before ?? '') ?? [])]]),
  );
}
