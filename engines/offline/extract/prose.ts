// Which sentences of a message are the speaker's own words: no code, no quotes of others, no pasted documents.
import { sentences } from '../words.ts';
import { endOfPaste, speaksToMachines } from './pasted-text.ts';
import type { Span } from '../words.ts';

/** A statement of a person is rarely longer; what is longer is pasted. */
const longestSentence = 700;
const fence = /^[ \t]{0,8}(?:```|~~~)/;
const openTag = /^\s{0,8}<([a-zA-Z][\w-]{1,40})(?:\s[^>]{0,200})?>/;

/** The sentences between two offsets that the speaker says in their own voice. One pass over the lines. */
export function ownSentences(text: string, from: number, to: number): Span[] {
  const spans: Span[] = [];
  let inFence = false;
  let inTag: string | null = null;
  let proseStart = -1;
  let inTerminal = false;
  const flush = (end: number): void => {
    if (proseStart < 0) return;
    for (const span of sentences(text.slice(proseStart, end))) {
      const [start, stop] = [span.start + proseStart, span.end + proseStart];
      if (stop - start >= 2 && stop - start <= longestSentence && !speaksToMachines(text.slice(start, stop)))
        spans.push({ start, end: stop });
    }
    proseStart = -1;
  };
  const nextClose = new Map<string, number>();
  const closes = (name: string, at: number): boolean => {
    let found = nextClose.get(name) ?? -2;
    if (found === -2 || (found >= 0 && found < at)) {
      found = text.indexOf(`</${name}`, at);
      nextClose.set(name, found);
    }
    return found >= 0;
  };
  for (let lineStart = from; lineStart < to;) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 || newline > to ? to : newline;
    const head = text.slice(lineStart, Math.min(lineEnd, lineStart + 300));
    const pasteEnd = inFence || inTag !== null ? null : endOfPaste(text, lineStart, to);
    if (pasteEnd !== null) {
      flush(lineStart);
      lineStart = pasteEnd;
      continue;
    }
    const opened: string | null = inTag === null && !inFence ? (openTag.exec(head)?.[1] ?? null) : null;
    const tag: string | null = opened !== null && closes(opened, lineStart) ? opened : null;
    if (fence.test(head)) {
      flush(lineStart);
      inFence = !inFence;
    } else if (inTag !== null) {
      if (head.includes(`</${inTag}`) || text.slice(Math.max(lineStart, lineEnd - 60), lineEnd).includes(`</${inTag}`)) inTag = null;
    } else if (tag !== null) {
      flush(lineStart);
      if (!text.slice(lineStart, lineEnd).includes(`</${tag}`)) inTag = tag;
    } else if (inFence || /^\s{0,8}>/.test(head) || looksPasted(head) || prompt.test(head) || (inTerminal && head.trim() !== '')) {
      flush(lineStart);
      if (!inFence && prompt.test(head)) inTerminal = true;
    } else if (proseStart < 0) {
      proseStart = lineStart;
    }
    // What a terminal printed goes on until an empty line.
    if (head.trim() === '') inTerminal = false;
    lineStart = lineEnd + 1;
  }
  flush(to);
  return spans;
}

const prompt =
  /^\s{0,8}(?:[$%❯➜»]\s|PS [A-Z]:|>>> |\(.{1,30}\) \$ |[\w.-]{1,40}@[\w.-]{1,60}[:\s][^$#%]{0,80}[$#%]\s|\[[^\]]{4,120}\]\s{0,4}(?:[$%#]|[\w./~-]+(?:\s|=|$)))/;
const pasted =
  /^\s{0,40}(?:at \S+ \(|File "|Traceback|\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\[\d\d:\d\d|\+\+\+ |--- |@@ |#{1,6}\s|\||\[[^\]]{1,60}\]:?\s|<\/?[a-z]|[{}[\]();,]+\s*$|\S+\.\w{1,6}:\d+|(?:[\w.-]+:)?\s*(?:INFO|WARN|ERROR|DEBUG|TRACE)\b|(?:import|from|const|let|var|def|class|function|return|export|public|private)\s[\w{*].*[;:{(]\s*$)/;
const symbol = /[{}()[\]<>=;|\\_$"/]/g;

/** A line of a terminal, a log, a table or code that somebody pasted without a fence. */
function looksPasted(line: string): boolean {
  if (pasted.test(line)) return true;
  if (line.length < 24) return false;
  const bare = line.replace(/`[^`]*`/g, ' ');
  return (bare.match(symbol)?.length ?? 0) > bare.length * 0.12;
}

const heading = /^#{1,6}\s/gm;
const longestNote = 2_500;

/** A message that is a document or a program's prompt rather than something said: long, with headings, or opened by a tag. */
export function isDocument(text: string): boolean {
  if (text.length > longestNote || openTag.test(text)) return true;
  return (text.match(heading)?.length ?? 0) >= 2;
}
