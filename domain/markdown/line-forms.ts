// What single lines of Markdown are: fences, table rows, lines of code, the front matter above a note.
import { cutLines, type LineBody } from './lines.ts';

/** YAML between `---` lines at the very beginning; its lines must look like keys, else it is text between two rules. */
export function findFrontMatter(content: string): { start: number; end: number } | null {
  const from = content.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!/^---[ \t]*(?:\r\n|\r|\n)/.test(content.slice(from, from + 200))) return null;
  const lines = cutLines(content.slice(0, 20_000), from);
  let keys = 0;
  for (const line of lines.slice(1)) {
    const text = content.slice(line.start, line.end);
    if (/^(?:---|\.\.\.)[ \t]*$/.test(text)) return keys > 0 ? { start: from, end: line.next } : null;
    if (/^[\w.-]+[ \t]*:(?:\s|$)/.test(text)) keys++;
    else if (!/^(?:\s|#|-\s|$)/.test(text)) return null;
  }
  return null;
}

export function readFence(text: string): { char: string; length: number } | null {
  const match = /^(?:`{3,}|~{3,})/.exec(text);
  if (match === null) return null;
  const char = match[0][0] ?? '`';
  if (char === '`' && text.includes('`', match[0].length)) return null;
  return { char, length: match[0].length };
}

export function codeLine(source: string, opening: LineBody): string {
  const text = opening.quotes > 0 ? source.replace(/^[ \t]*(?:>[ ]?)+/, '') : source;
  let at = 0;
  while (at < opening.indent && text[at] === ' ') at++;
  return text.slice(at).trimEnd();
}

export function isDelimiterRow(text: string): boolean {
  return text.includes('-') && text.includes('|') && /^[|:\- \t]+$/.test(text);
}

export function rowText(text: string): string {
  return text
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split('|')
    .map((cell) => cell.trim())
    .join(' | ');
}
