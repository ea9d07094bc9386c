/** How far two stores are from each other, line by line: what only one of them says, and what stands in another file. */
import { isIndexPath } from '../../domain/index-file.ts';
import { readBlocks } from '../../domain/markdown/read-blocks.ts';
import type { NeutralStore } from '../read-case.ts';

/** Line → path. */
export type Lines = ReadonlyMap<string, string>;

export interface Drift {
  /** Lines of each, and of both. */
  one: number;
  other: number;
  shared: number;
  /** Shared lines that stand in a file of another name. */
  elsewhere: number;
}

/** How often a pattern was seen is no part of what it says; nor are case, marks and dates of noting around the words. */
const count = / in \d+ of \d+ sessions\)/;

export function linesOf(store: Pick<NeutralStore, 'memories'>): Lines {
  return new Map(
    store.memories
      .filter(({ path }) => !isIndexPath(`/${path}`))
      .flatMap(({ path, content }) =>
        readBlocks(content).blocks.flatMap((block) => (block.kind === 'heading' ? [] : [[wordsOf(block.text), path] as const])),
      )
      .filter(([words]) => words !== ''),
  );
}

export function driftOf(one: Lines, other: Lines): Drift {
  const shared = [...one].filter(([line]) => other.has(line));
  const elsewhere = shared.filter(([line, path]) => other.get(line) !== path).length;
  return { one: one.size, other: other.size, shared: shared.length, elsewhere };
}

function wordsOf(text: string): string {
  return text
    .replace(count, ')')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
