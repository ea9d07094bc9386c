/** Lines of a memory by number, from 1, and where they stand in its text. */
export function lineOfOffset(content: string, offset: number): number {
  let line = 1;
  for (let at = content.indexOf('\n'); at >= 0 && at < offset; at = content.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** The range of a line without its line break; null beyond the last one. A break at the end of the text begins no line. */
export function rangeOfLine(content: string, line: number): { start: number; end: number } | null {
  let start = 0;
  for (let number = 1; number < line; number++) {
    const at = content.indexOf('\n', start);
    if (at < 0) return null;
    start = at + 1;
  }
  if (start >= content.length && line > 1) return null;
  const end = content.indexOf('\n', start);
  return { start, end: end < 0 ? content.length : end };
}

export function countLines(content: string): number {
  if (content === '') return 1;
  return lineOfOffset(content, content.length) - (content.endsWith('\n') && content.length > 0 ? 1 : 0) || 1;
}
