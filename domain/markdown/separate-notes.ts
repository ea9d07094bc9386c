// Decides whether the lines of a paragraph are one wrapped text or notes of their own, one a line.

/** Editors and people wrap at 60 columns or more; a shorter line ended because its writer ended it. */
const narrowestWrap = 60;

/**
 * Groups the lines of a paragraph: each group is one statement. A break is soft when the next line's first word would
 * not have fitted into the widest line; otherwise the writer wanted a new line.
 */
export function separateNotes(lines: readonly string[]): number[][] {
  if (lines.length < 2) return lines.map((_, index) => [index]);
  // "The rules are:" and one line belong together; before several lines it is a note of its own.
  if (lines.length === 2 && /[:,]$/.test(lines[0] ?? '')) return [[0, 1]];
  let width = 0;
  for (const line of lines) width = Math.max(width, line.length);
  const groups: number[][] = [[0]];
  for (let i = 1; i < lines.length; i++) {
    if (isSoftBreak(lines[i - 1] ?? '', lines[i] ?? '', width)) groups.at(-1)?.push(i);
    else groups.push([i]);
  }
  return groups;
}

function isSoftBreak(line: string, next: string, width: number): boolean {
  if (startsAsNote(next)) return false;
  if (/[,(–—-]$/.test(line)) return true;
  const endsSentence = /[.!?:;)\]"'`]$/.test(line);
  const startsLower = /^[a-zà-öø-ÿ(]/.test(next);
  if (width < narrowestWrap)
    return (
      startsLower &&
      !endsSentence &&
      line.length >= width / 2 &&
      /\b(?:a|an|and|at|by|for|from|in|is|of|on|or|that|the|to|with)$/i.test(line)
    );
  const firstWord = /^\S*/.exec(next)?.[0].length ?? 0;
  const wouldFit = line.length + 1 + firstWord <= width;
  if (!wouldFit) return !(endsSentence && !startsLower && line.length === width);
  return startsLower && !endsSentence && line.length >= narrowestWrap;
}

/** A date, "Label: value", "key = value" or a bullet glyph opens a note. */
function startsAsNote(line: string): boolean {
  return /^(?:\[?\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[–—•·→>»] |\*\*[^*]{1,60}\*\*|[A-Z][\w /-]{0,30}: |[\w.-]{1,40} ?(?:=>?|->|→) )/.test(
    line,
  );
}
