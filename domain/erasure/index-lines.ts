// The lines of an index that describe memories which read differently now.
import { buildIndex } from '../index-file.ts';
import { cutLines } from '../markdown/lines.ts';
import type { TextEdit } from './edit-text.ts';

/** How an index lists this memory: as code writes it, so that the same line is found again in old indexes. */
export function indexLineOf(path: string, content: string): string {
  const made = buildIndex([{ path, content }]).flatMap((file) => file.content.split('\n'));
  return made.find((line) => line.startsWith('- [')) ?? '';
}

/** Old line to new line; null takes it out. */
export function changeIndexLines(index: string, lines: ReadonlyMap<string, string | null>): TextEdit[] {
  return cutLines(index).flatMap((line) => {
    const next = lines.get(index.slice(line.start, line.end));
    if (next === undefined) return [];
    return next === null ? [{ start: line.start, end: line.next, text: '' }] : [{ start: line.start, end: line.end, text: next }];
  });
}
