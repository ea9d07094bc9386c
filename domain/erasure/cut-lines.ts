// Takes lines out of a memory, or words them anew, so that what is left reads as Markdown on its own.
import { cutLines as readLines, isRule, readLineBody, readListMarker, type Line } from '../markdown/lines.ts';
import type { Heading, Statement } from '../markdown/read-blocks.ts';
import { readBlocks } from '../markdown/read-blocks.ts';
import { markerOf, oneLine } from '../staging/note-file.ts';
import type { TextEdit } from './edit-text.ts';

/** A line as in a claim, from its first character to its last line's end; `statement` takes its place, null takes it out. */
export interface LineCut {
  start: number;
  end: number;
  statement: string | null;
}

type Block = Heading | Statement;

/**
 * A statement goes with its continuation lines; notes nested below it take its place; a heading goes when all that stood
 * under it went; a blank line keeps two paragraphs apart that would otherwise become one.
 */
export function cutLines(content: string, cuts: readonly LineCut[]): TextEdit[] {
  const lines = readLines(content);
  const { blocks } = readBlocks(content);
  const gone = cuts.filter((cut) => cut.statement === null);
  const isGone = (block: Block): boolean => gone.some((cut) => cut.start < block.end && cut.end > block.start);
  const doomed = new Set(blocks.filter(isGone));
  for (const heading of emptiedHeadings(blocks, doomed, content)) doomed.add(heading);
  const removed = lines.map((line) => [...gone, ...doomed].some((range) => range.start < line.end && range.end > line.start));
  const dedent = dedents(blocks, doomed, content);
  const reworded = cuts.filter((cut) => cut.statement !== null && !isInside(cut, gone));
  const edits = reworded.map((cut) => ({
    start: cut.start,
    end: cut.end,
    text: reword(
      content.slice(cut.start, cut.end),
      cut.statement ?? '',
      blocks.find((block) => block.start === cut.start)?.kind,
      dedent.get(cut.start) ?? 0,
    ),
  }));
  for (const [at, line] of lines.entries()) {
    const width = dedent.get(line.start) ?? 0;
    const isReworded = reworded.some((cut) => cut.start <= line.start && cut.end >= line.end);
    if (width > 0 && removed[at] === false && !isReworded) edits.push({ start: line.start, end: line.start + width, text: '' });
  }
  return [...edits, ...gaps(content, lines, removed)];
}

/** Whether nothing is stated there any more: headings, rules, comments and front matter at most. */
export function statesNothing(content: string): boolean {
  return readBlocks(content).blocks.every((block) => block.kind === 'heading');
}

function isInside(cut: LineCut, ranges: readonly LineCut[]): boolean {
  return ranges.some((range) => range.start < cut.end && range.end > cut.start);
}

function emptiedHeadings(blocks: readonly Block[], doomed: ReadonlySet<Block>, content: string): Heading[] {
  const emptied = new Set<Block>();
  for (let at = blocks.length - 1; at >= 0; at--) {
    const heading = blocks[at];
    if (heading?.kind !== 'heading' || doomed.has(heading)) continue;
    const scope = scopeOf(blocks, at, content);
    const lost = scope.some((block) => doomed.has(block) || emptied.has(block));
    if (lost && scope.every((block) => doomed.has(block) || emptied.has(block))) emptied.add(heading);
  }
  return [...emptied].filter((block): block is Heading => block.kind === 'heading');
}

function scopeOf(blocks: readonly Block[], at: number, content: string): Block[] {
  const heading = blocks[at] as Heading;
  const isLeadIn = heading.level === 7 && readListMarker(readLineBody(lineAt(content, heading)).text) !== null;
  const rest = blocks.slice(at + 1);
  const end = rest.findIndex((block) =>
    isLeadIn ? indentOf(content, block) <= indentOf(content, heading) : block.kind === 'heading' && block.level <= heading.level,
  );
  return end < 0 ? rest : rest.slice(0, end);
}

/** How many characters each physical line below a statement that goes moves to the left, by the line's start. */
function dedents(blocks: readonly Block[], doomed: ReadonlySet<Block>, content: string): Map<number, number> {
  const widths = new Map<number, number>();
  for (const [at, parent] of blocks.entries()) {
    if (!doomed.has(parent) || readListMarker(readLineBody(lineAt(content, parent)).text) === null) continue;
    const own = indentOf(content, parent);
    const first = blocks[at + 1];
    if (first === undefined || indentOf(content, first) <= own) continue;
    const width = indentOf(content, first) - own;
    for (const child of blocks.slice(at + 1)) {
      if (indentOf(content, child) <= own) break;
      for (const line of readLines(content.slice(child.start, child.end))) {
        const start = child.start + line.start;
        const blank = /^[ \t]*/.exec(content.slice(start, child.start + line.end))?.[0].length ?? 0;
        widths.set(start, Math.min(blank, (widths.get(start) ?? 0) + width));
      }
    }
  }
  return widths;
}

function reword(source: string, statement: string, kind: Block['kind'] | undefined, dedent: number): string {
  const { indent, marker } = markerOf(source);
  const left = indent.slice(dedent);
  if (kind === 'row') return `${left}| ${oneLine(statement)} |`;
  return `${left}${kind === 'code' && marker === '' ? '- ' : marker}${oneLine(statement)}`;
}

/** One edit a run of lines that go, with the blank lines that would stand twice. */
function gaps(content: string, lines: readonly Line[], removed: readonly boolean[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (removed[at] !== true) continue;
    const first = at;
    while (removed[at + 1] === true) at++;
    const before = lines[first - 1];
    const isOpenAbove = before === undefined || isBlank(content, before);
    while (isOpenAbove && lines[at + 1] !== undefined && removed[at + 1] !== true && isBlank(content, lines[at + 1] as Line)) at++;
    const start = (lines[first] as Line).start;
    const last = lines[at] as Line;
    const after = lines[at + 1];
    const joins =
      before !== undefined &&
      after !== undefined &&
      wouldJoin(content.slice(before.start, before.end), content.slice(after.start, after.end));
    edits.push({ start, end: last.next, text: joins ? content.slice(last.end, last.next) : '' });
  }
  return edits;
}

/** A line without a marker goes on with whatever text stands right above it. */
function wouldJoin(above: string, below: string): boolean {
  const [first, second] = [readLineBody(above).text, readLineBody(below).text];
  if (first === '' || second === '' || /^#{1,6}(?:\s|$)/.test(first) || /^#{1,6}(?:\s|$)/.test(second)) return false;
  if (first.startsWith('|') && second.startsWith('|')) return false;
  return readListMarker(second) === null || isRule(second);
}

function isBlank(content: string, line: Line): boolean {
  return content.slice(line.start, line.end).trim() === '';
}

function lineAt(content: string, block: Block): string {
  return content.slice(block.start, block.end).split(/[\r\n]/, 1)[0] ?? '';
}

function indentOf(content: string, block: Block): number {
  return /^[ \t]*/.exec(lineAt(content, block))?.[0].length ?? 0;
}
