// Names that a newer one succeeds: "X-Sign" by "X-Sign-V2", and beside it "A instead of B" in the same message.
import { isIdentifier } from '../words.ts';
import type { Edit } from './edit-lines.ts';
import type { Statement } from './statement.ts';

const name = /[\p{L}][\p{L}\d]*(?:[-_.][\p{L}\d]+)+/gu;
const successor = /^(.{4,60}?)[-_.]?v\d+$/i;
const insteadOf = /\b([\p{L}]+-?\d+[\p{L}\d-]*)\s+(?:instead of|rather than|not|in place of)\s+([\p{L}]+-?\d+[\p{L}\d-]*)/giu;

/** Edits of a line whose names a fact gives a successor for. */
export function successorsIn(fact: Statement, line: string): Edit[] {
  const edits: Edit[] = [];
  for (const match of fact.text.matchAll(name)) {
    const former = successor.exec(match[0])?.[1]?.toLowerCase();
    if (former === undefined || (!isIdentifier(match[0]) && !match[0].includes('-'))) continue;
    for (const own of line.matchAll(name)) {
      if (own[0].toLowerCase() === former)
        edits.push({ start: own.index, end: own.index + own[0].length, text: match[0], was: own[0], by: fact });
    }
  }
  if (edits.length === 0) return [];
  for (const match of fact.text.matchAll(insteadOf)) {
    const [, present, former] = match as unknown as [string, string, string];
    const at = bare(line).indexOf(bare(former));
    if (at < 0) continue;
    const found = positionOf(line, at, bare(former).length);
    edits.push({ ...found, text: alike(line.slice(found.start, found.end), present), was: line.slice(found.start, found.end), by: fact });
  }
  return edits;
}

/** "SHA-1" and "sha1" are one. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[-_]/g, '');
}

function positionOf(line: string, at: number, length: number): { start: number; end: number } {
  const places = [...line].flatMap((char, index) => (/[-_]/.test(char) ? [] : [index]));
  const start = places[at] ?? 0;
  return { start, end: (places[at + length - 1] ?? start) + 1 };
}

/** In the spelling of what it replaces. */
function alike(old: string, value: string): string {
  return old === old.toUpperCase() ? value.toUpperCase() : value;
}
