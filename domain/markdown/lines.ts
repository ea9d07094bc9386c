// Cuts a text into lines with offsets, and reads what stands at a line's beginning: quote marks, indent, list marker.

/** A line without its break. Offsets are UTF-16; `next` is where the following line begins. */
export interface Line {
  start: number;
  end: number;
  next: number;
}

/** Lines end in LF, CRLF or CR, as in CommonMark. A text that ends in a line break has no empty last line. */
export function cutLines(content: string, from = 0): Line[] {
  const lines: Line[] = [];
  let start = from;
  for (let i = from; i < content.length; i++) {
    const code = content.charCodeAt(i);
    if (code !== 10 && code !== 13) continue;
    const next = code === 13 && content.charCodeAt(i + 1) === 10 ? i + 2 : i + 1;
    lines.push({ start, end: i, next });
    start = next;
    i = next - 1;
  }
  if (start < content.length) lines.push({ start, end: content.length, next: content.length });
  return lines;
}

/** What is left of a line after its block quote marks and indent; `indent` counts columns, a tab reaches the next multiple of 4. */
export interface LineBody {
  quotes: number;
  indent: number;
  text: string;
}

export function readLineBody(source: string): LineBody {
  let at = 0;
  let quotes = 0;
  let indent = 0;
  for (; at < source.length; at++) {
    const char = source[at];
    if (char === ' ') indent++;
    else if (char === '\t') indent += 4 - (indent % 4);
    else if (char === '>' && indent < 4) {
      quotes++;
      indent = 0;
      if (source[at + 1] === ' ') at++;
    } else break;
  }
  return { quotes, indent, text: source.slice(at).trimEnd() };
}

/** `width` is from the marker to the text, so that `indent + width` is the column that continuation lines reach. */
export interface ListMarker {
  width: number;
  text: string;
  ordered: boolean;
}

export function readListMarker(text: string): ListMarker | null {
  const match = /^(?:([-*+•])|(\d{1,9})[.)])(?:[ \t]{1,4}(?=\S)|[ \t]+|$)/.exec(text);
  if (match === null) return null;
  return { width: match[0].length, text: text.slice(match[0].length).trimStart(), ordered: match[2] !== undefined };
}

/** `- - text` is one item to a reader: further markers and the checkbox go. */
export function stripMarkers(text: string): string {
  let rest = text;
  for (let depth = 0; depth < 8; depth++) {
    const marker = isRule(rest) ? null : readListMarker(rest);
    if (marker === null) break;
    rest = marker.text;
  }
  return rest.replace(/^\[[ xX]\](?:[ \t]+|$)/, '');
}

/** `---`, `***`, `___`, also with blanks between. */
export function isRule(text: string): boolean {
  const first = text[0];
  if (first !== '-' && first !== '*' && first !== '_') return false;
  let count = 0;
  for (const char of text) {
    if (char === first) count++;
    else if (char !== ' ' && char !== '\t') return false;
  }
  return count >= 3;
}
