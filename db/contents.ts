import { inArray } from 'drizzle-orm';
import { sha256Hex } from '../domain/hash.ts';
import type { Transaction } from './database.ts';
import { chunks } from './database.ts';
import { contents } from './schema/index.ts';

/** Stores texts under their hashes; one that is there already is not written again. Answers the hashes in order. */
export async function putContents(tx: Transaction, workspaceId: string, texts: readonly string[]): Promise<string[]> {
  const encoder = new TextEncoder();
  const rows = new Map<string, { workspaceId: string; sha256: string; bytes: Uint8Array; size: number }>();
  const hashes = texts.map((text) => {
    const bytes = encoder.encode(text);
    const sha256 = sha256Hex(bytes);
    rows.set(sha256, { workspaceId, sha256, bytes, size: bytes.length });
    return sha256;
  });
  // In one order everywhere, so that two transactions that store the same texts cannot wait for each other.
  const ordered = [...rows.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  for (const chunk of chunks(ordered, 200)) await tx.insert(contents).values(chunk).onConflictDoNothing();
  return hashes;
}

/** The texts of these hashes. A hash that is not there is absent from the answer. */
export async function readContents(tx: Transaction, hashes: readonly string[]): Promise<Map<string, string>> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const found = new Map<string, string>();
  for (const chunk of chunks([...new Set(hashes)], 500)) {
    const rows = await tx.select({ sha256: contents.sha256, bytes: contents.bytes }).from(contents).where(inArray(contents.sha256, chunk));
    for (const row of rows) found.set(row.sha256, decoder.decode(row.bytes));
  }
  return found;
}

/** UTF-8 bytes of each of these contents. */
export async function readContentSizes(tx: Transaction, hashes: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const chunk of chunks([...new Set(hashes)])) {
    for (const row of await tx
      .select({ sha256: contents.sha256, size: contents.size })
      .from(contents)
      .where(inArray(contents.sha256, chunk)))
      sizes.set(row.sha256, row.size);
  }
  return sizes;
}
