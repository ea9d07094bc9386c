import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import type { PinnedMemory } from '../db/dreams.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import { readVersions } from '../db/memories.ts';

export interface PinnedText extends PinnedMemory {
  content: string;
  /** Where the version's lines are recorded, when the version is a clone's. */
  copiedFrom: string | null;
}

/** The input store as the snapshot pinned it, with its texts. */
export async function readPinnedTexts(tx: Transaction, dreamId: string): Promise<PinnedText[]> {
  const pinned = await readPinnedMemories(tx, dreamId);
  const contents = await readContents(
    tx,
    pinned.map((memory) => memory.sha256),
  );
  const versions = await readVersions(
    tx,
    pinned.map((memory) => memory.versionId),
  );
  return pinned.map((memory) => {
    const content = contents.get(memory.sha256);
    if (content === undefined) throw new Error(`content ${memory.sha256} is missing`);
    return { ...memory, content, copiedFrom: versions.get(memory.versionId)?.copiedFrom ?? null };
  });
}
