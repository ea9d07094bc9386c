/** Every text that could have come from a session, with who holds it: versions of memories and files of drafts. */
import type { Transaction } from '../../db/database.ts';
import type { HeldFile, HeldVersion } from '../../db/erasure-sources.ts';
import { contentsOf, readClones, readHeldFiles, readHeldVersions } from '../../db/erasure-sources.ts';
import { isIndexPath } from '../../domain/index-file.ts';

export interface HeldText {
  sha256: string;
  content: string;
  isIndex: boolean;
  paths: Set<string>;
  /** Stores and drafts that hold it: texts of one of them belong together. */
  stores: Set<string>;
  drafts: Set<string>;
  /** When a version first held it; null for a text of drafts only. */
  since: Date | null;
}

export interface HeldTexts {
  /** Those that may hold words of the session, by hash. */
  texts: Map<string, HeldText>;
  /** Hashes of those that stood before it came in: they are never touched. An import of later may be a copy of what a dream wrote. */
  independent: Set<string>;
  versions: Map<string, HeldVersion>;
  files: HeldFile[];
  /** The store and all that it was cloned from, step by step. */
  ancestorsOf: (storeId: string) => Set<string>;
}

export async function readHeldTexts(tx: Transaction, arrivedAt: Date | null): Promise<HeldTexts> {
  const versions = await readHeldVersions(tx);
  const files = await readHeldFiles(tx);
  const stoodBefore = (version: HeldVersion) => arrivedAt === null || version.createdAt < arrivedAt;
  const independent = new Set(versions.filter(stoodBefore).map((version) => version.sha256));
  const texts = new Map<string, HeldText>();
  const hold = (sha256: string, path: string): HeldText | null => {
    if (independent.has(sha256)) return null;
    const text = texts.get(sha256) ?? {
      sha256,
      content: '',
      isIndex: false,
      paths: new Set(),
      stores: new Set(),
      drafts: new Set(),
      since: null,
    };
    text.paths.add(path);
    text.isIndex ||= isIndexPath(path);
    texts.set(sha256, text);
    return text;
  };
  for (const { sha256, path, storeId, createdAt } of versions) {
    const text = hold(sha256, path);
    if (text === null) continue;
    text.stores.add(storeId);
    if (text.since === null || createdAt < text.since) text.since = createdAt;
  }
  for (const { sha256, path, draftId } of files) hold(sha256, path)?.drafts.add(draftId);
  for await (const page of contentsOf(tx, [...texts.keys()]))
    for (const { sha256, content } of page) {
      const text = texts.get(sha256);
      if (text !== undefined) text.content = content;
    }
  return {
    texts,
    independent,
    versions: new Map(versions.map((version) => [version.id, version])),
    files,
    ancestorsOf: await readAncestors(tx),
  };
}

async function readAncestors(tx: Transaction): Promise<(storeId: string) => Set<string>> {
  const origins = new Map((await readClones(tx)).map(({ from, to }) => [to, from]));
  return (storeId) => {
    const line = new Set<string>();
    for (let at: string | undefined = storeId; at !== undefined && !line.has(at); at = origins.get(at)) line.add(at);
    return line;
  };
}
