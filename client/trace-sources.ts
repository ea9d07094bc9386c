/** What a dream read, to find a statement again that it left or moved as it stood. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import type { Change } from '../domain/change.ts';
import { splitLines } from '../domain/follow-lines.ts';
import { lineOfOffset } from './lines.ts';

interface Source {
  versionId: string;
  path: string;
  lines: string[];
}

export interface DreamSources {
  contents: ReadonlyMap<string, string>;
  /** By a line's words without its indent: the files that hold it, and where. */
  places: ReadonlyMap<string, { file: Source; index: number }[]>;
}

export interface SourcePlace {
  versionId: string;
  /** Of the line, from 0. */
  index: number;
}

export async function readSources(tx: Transaction, dreamId: string): Promise<DreamSources> {
  const pinned = await readPinnedMemories(tx, dreamId);
  const texts = await readContents(
    tx,
    pinned.map((memory) => memory.sha256),
  );
  const contents = new Map(pinned.map(({ versionId, sha256 }) => [versionId, texts.get(sha256) ?? '']));
  const places = new Map<string, { file: Source; index: number }[]>();
  for (const { versionId, path } of pinned) {
    const lines = splitLines(contents.get(versionId) ?? '').map((line) => line.text.trim());
    for (const [index, text] of lines.entries()) {
      const place = { file: { versionId, path, lines }, index };
      const known = places.get(text);
      if (known === undefined) places.set(text, [place]);
      else known.push(place);
    }
  }
  return { contents, places };
}

/** The same lines one below the other, in the first of the paths that has them, else in any file. */
export function findSource(
  { places }: DreamSources,
  { lines, at }: { lines: readonly string[]; at: number },
  paths: readonly (string | undefined)[],
): SourcePlace | null {
  const words = lines.map((line) => line.trim());
  const whole = (places.get(words[0] ?? '') ?? []).filter(({ file, index }) =>
    words.every((text, offset) => file.lines[index + offset] === text),
  );
  const rank = (path: string): number => {
    const place = paths.indexOf(path);
    return place < 0 ? paths.length : place;
  };
  const best = whole.toSorted((a, b) => rank(a.file.path) - rank(b.file.path))[0];
  return best === undefined ? null : { versionId: best.file.versionId, index: best.index + at };
}

/** Where a change says that its statement stood: a paragraph that was moved below a bullet has no line in common with itself. */
export function findQuoted({ contents }: DreamSources, change: Change | null): SourcePlace | null {
  for (const item of change?.evidence ?? []) {
    const content = item.kind === 'memory' ? contents.get(item.memoryVersionId) : undefined;
    if (item.kind === 'memory' && content !== undefined)
      return { versionId: item.memoryVersionId, index: lineOfOffset(content, item.start) - 1 };
  }
  return null;
}
