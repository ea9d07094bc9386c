// The index that readers open first: `/_index.md`, one line a file; beyond 25 kB one index per folder below it.
import { withoutControlCharacters } from './printable-text.ts';
import { maxIndexBytes } from './limits.ts';
import { readBlocks, type Statement } from './markdown/read-blocks.ts';
import { utf8Length } from './utf8.ts';
import { isProtected } from './protected-paths.ts';

export const rootIndexPath = '/_index.md';
const maxIndexLineCharacters = 150;

export interface IndexedFile {
  path: string;
  content: string;
}

/** `_index.md` of the root or of a folder, and the further parts of a long one. They hold pointers, no claims. */
export function isIndexPath(path: string): boolean {
  return /(?:^|\/)_index(?:-\d+)?\.md$/.test(path);
}

/** A whole line that only points at a file: what an index of ours, or one kept by hand, lists. */
export function readIndexLink(line: string): string | null {
  const match = /^\s{0,8}(?:[-*+]|\d{1,4}[.)])\s{1,4}\[[^\]]{1,1100}\]\((?:<([^>\n]{1,1100})>|([^()\s]{1,1100}))\)/.exec(line);
  return match?.[1] ?? match?.[2] ?? null;
}

/** Whether code wrote this index, so that it may be replaced or go; the root's is always kept up. */
export function isOwnIndex(file: IndexedFile): boolean {
  return isIndexPath(file.path) && (file.path === rootIndexPath || /^# Index(?: of \/.*)?$/.test(file.content.split('\n', 1)[0] ?? ''));
}

/**
 * All index files of a store. `files` are its memories without our own index files; `existing` are index files as they
 * stand: lines that list files are replaced, every other line of a person stays above the list. Same files, same bytes.
 */
export function buildIndex(files: readonly IndexedFile[], existing: readonly IndexedFile[] = []): IndexedFile[] {
  const sorted = files.toSorted((a, b) => compare(a.path, b.path));
  const lines = new Map(sorted.map((file) => [file.path, indexLine(file.path, describe(file))]));
  const preface = new Map(existing.map((file) => [file.path, prefaceOf(file.content)]));
  return indexFolder(
    '/',
    sorted.map((file) => file.path),
    lines,
    preface,
  ).sort((a, b) => compare(a.path, b.path));
}

function indexFolder(
  folder: string,
  paths: readonly string[],
  lines: ReadonlyMap<string, string>,
  preface: ReadonlyMap<string, string>,
): IndexedFile[] {
  const indexPath = `${folder}_index.md`;
  const head = headOf(folder, preface.get(indexPath) ?? '');
  const listedPaths = paths.filter((path) => path !== indexPath);
  const all = listedPaths.map((path) => lines.get(path) ?? '');
  if (fits(head, all)) return [{ path: indexPath, content: render(head, all) }];
  const below = new Map<string, string[]>();
  const own: string[] = [];
  for (const path of listedPaths) {
    const slash = path.indexOf('/', folder.length);
    if (slash === -1) own.push(path);
    else below.set(path.slice(0, slash + 1), [...(below.get(path.slice(0, slash + 1)) ?? []), path]);
  }
  const pointers = [...below].map(([child, inside]) => indexLine(`${child}_index.md`, `${inside.length} files under ${child}`));
  const made = [...below].flatMap(([child, inside]) => indexFolder(child, inside, lines, preface));
  const listed = [...own.map((path) => lines.get(path) ?? ''), ...pointers];
  if (fits(head, listed)) return [{ path: indexPath, content: render(head, listed) }, ...made];
  const parts = cutParts(listed).map((part, at) => ({ path: `${folder}_index-${at + 1}.md`, content: render(headOf(folder, ''), part) }));
  const partLines = parts.map((part, at) => indexLine(part.path, `part ${at + 1} of the index of ${folder}`));
  return [{ path: indexPath, content: render(head, partLines) }, ...parts, ...made];
}

function cutParts(lines: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  let bytes = 0;
  for (const line of lines) {
    const size = utf8Length(line) + 1;
    if (bytes + size > maxIndexBytes - 1_200 && bytes > 0) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(line);
    bytes += size;
  }
  return parts;
}

function headOf(folder: string, preface: string): string {
  if (preface !== '') return preface;
  return folder === '/' ? '# Index' : `# Index of ${folder}`;
}

function fits(head: string, lines: readonly string[]): boolean {
  return utf8Length(head) + 3 + lines.reduce((sum, line) => sum + utf8Length(line) + 1, 0) <= maxIndexBytes;
}

function render(head: string, lines: readonly string[]): string {
  return lines.length === 0 ? `${head}\n` : `${head}\n\n${lines.join('\n')}\n`;
}

function indexLine(path: string, description: string): string {
  const link = `- [${path.replace(/[[\]]/g, '')}](${/[\s()<>]/.test(path) ? `<${path.replace(/[<>]/g, '')}>` : path})`;
  const room = maxIndexLineCharacters - [...link].length - 2;
  return room < 12 || description === '' ? link : `${link}: ${shorten(description, room)}`;
}

function shorten(text: string, room: number): string {
  const characters = [...text];
  if (characters.length <= room) return text;
  const cut = characters.slice(0, room - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > room / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, '')}…`;
}

/** What a file holds: its own description, else its title and its headings, else how its first note begins. */
function describe(file: IndexedFile): string {
  const { frontMatter, blocks } = readBlocks(file.content);
  if (frontMatter !== null) {
    const own = /^description[ \t]*:[ \t]*(.+)$/im.exec(file.content.slice(frontMatter.start, frontMatter.end))?.[1];
    if (own !== undefined) return plain(own.replace(/^["']|["']$/g, ''));
  }
  const headings = blocks
    .filter((block) => block.kind === 'heading' && block.level < 7)
    .map((heading) => plain(heading.text))
    .filter((text) => text !== '');
  const statements = blocks.filter((block): block is Statement => block.kind !== 'heading');
  const [title, ...sections] = headings;
  if (title === undefined) return plain(statements[0]?.text ?? '');
  if (sections.length > 0) return `${title}: ${sections.join(', ')}`;
  return statements.length === 0 ? title : `${title} (${statements.length === 1 ? '1 statement' : `${statements.length} statements`})`;
}

function plain(text: string): string {
  return withoutControlCharacters(text.slice(0, 400))
    .replace(/[*_`\\]|!?\[|\]\([^)]{0,300}\)|\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The lines of an index that list nothing; headings that only stood above lists go with them. */
function prefaceOf(content: string): string {
  const kept = content.split(/\r\n|\r|\n/).filter((line) => readIndexLink(line) === null);
  const isHeading = (line: string): boolean => /^#{1,6}(?:\s|$)/.test(line);
  const words = kept.filter((line, at) => !isHeading(line) || followedByWords(kept, at + 1, isHeading));
  if (words.every((line) => line.trim() === '')) return '';
  return words
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function followedByWords(lines: readonly string[], from: number, isHeading: (line: string) => boolean): boolean {
  for (const line of lines.slice(from)) {
    if (isHeading(line)) return false;
    if (line.trim() !== '') return true;
  }
  return false;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An index that code keeps up and may make again; one of a person's own, or a protected one, is a file like any other. */
export function isGeneratedIndex(file: IndexedFile, protect: readonly string[]): boolean {
  return isOwnIndex(file) && !isProtected(file.path, protect);
}

/** The indexes over these files, as a draft has them. `standing` are the memories as they stand: what a person wrote above a list stays. */
export function indexOver(files: readonly IndexedFile[], standing: readonly IndexedFile[], protect: readonly string[]): IndexedFile[] {
  const existing = standing.filter((file) => isIndexPath(file.path) && !isProtected(file.path, protect));
  return buildIndex(files, existing).filter((file) => !isProtected(file.path, protect));
}
