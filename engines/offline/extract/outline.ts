// What a long answer of the agent amounts to: its title and the labels of its points, not its prose.
import { isInstructionLike } from '../../../domain/instruction-like.ts';
import { resolveDates } from '../dates.ts';
import { hardValues } from '../value.ts';
import type { Span } from '../words.ts';
import { privateSpans, touches } from './private-spans.ts';

export interface Outline {
  /** "Plan: first point, second point". */
  text: string;
  /** Where its parts stand in the message, in order. */
  spans: Span[];
}

/** A line that opens a part: a heading, a point with a label, or a line in bold. */
const heading = /^\s{0,3}#{1,6}\s+(.{3,120})$/;
const labelled = /^\s{0,12}(?:[-*+•]|\d{1,2}[.)])\s+(?:\*\*|__)([^*_]{3,90})(?:\*\*|__)\s?:?\s*(.{0,120})/;
/** One word in bold names a field of a form more often than a point. */
const single = /^\S+$/;
const plainLabel = /^\s{0,12}(?:[-*+•]|\d{1,2}[.)])\s+([^:*_`]{3,60}):\s+(.{2,120})/;
const bold = /^\s{0,3}(?:\*\*|__)([^*_]{3,90})(?:\*\*|__):?\s*(.{0,60})$/;
/** Labels of every form ("Action", "Purpose"): the ones that a message repeats say nothing by themselves. */
const mostRepeats = 1;
/** A message is read this far; what comes later is seldom its gist. */
const longestRead = 20_000;
const mostParts = 40;

interface Part extends Span {
  label: string;
  value: string;
  depth: number;
}

/** Null where the message has no structure to condense. */
export function outlineOf(text: string, room: number, at: string | null): Outline | null {
  const hidden = privateSpans(text.slice(0, longestRead));
  const parts = partsOf(text).filter((part) => !touches(hidden, part));
  const counts = new Map<string, number>();
  for (const { label } of parts) counts.set(label, (counts.get(label) ?? 0) + 1);
  const telling = parts.filter(
    ({ label, depth, value }) =>
      (counts.get(label) ?? 0) <= mostRepeats &&
      !label.endsWith('?') &&
      (depth === 0 || !single.test(label) || isFigure(value, at)) &&
      isPlain(label, at),
  );
  const title = telling.find(({ depth }) => depth === 0);
  const points = telling.filter((part) => part !== title);
  if (points.length === 0 && title === undefined) return null;
  const chosen: Part[] = [];
  let said = title === undefined ? '' : title.label;
  if (title !== undefined) chosen.push(title);
  for (const part of points) {
    const value = isFigure(part.value, at) ? ` ${part.value}` : '';
    const next = `${said}${said === '' ? '' : chosen.length === 1 && title !== undefined ? ': ' : ', '}${part.label}${value}`;
    if (next.length > room) continue;
    said = next;
    chosen.push(part);
  }
  return chosen.length === 0 || said === '' || said.length > room * 1.5
    ? null
    : { text: said, spans: chosen.map(({ start, end }) => ({ start, end })) };
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let inFence = false;
  const to = Math.min(text.length, longestRead);
  for (let start = 0; start < to && parts.length < mostParts;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + 240)).trimEnd();
    if (line.trimStart().startsWith('```')) inFence = !inFence;
    else if (!inFence && line.length >= 4 && !line.endsWith('?')) {
      const title = heading.exec(line);
      const point = title ?? labelled.exec(line) ?? plainLabel.exec(line) ?? bold.exec(line);
      if (point !== null) {
        const label = bare(point[1] ?? '');
        if (/\p{L}{3}/u.test(label))
          parts.push({
            start: start + leading(line),
            end: start + line.length,
            label,
            value: bare(point[2] ?? ''),
            depth: title === null ? 1 : 0,
          });
      }
    }
    start = end + 1;
  }
  return parts;
}

/** Short, and with something in it that can be looked up. */
function isFigure(value: string, at: string | null): boolean {
  return value.length <= 60 && hardValues(value).length > 0 && isPlain(value, at);
}

function leading(line: string): number {
  return line.length - line.trimStart().length;
}

/** Without marks of emphasis, numbering and a closing colon. */
function bare(text: string): string {
  return text
    .replace(/[*_`#]+/g, '')
    .replace(/^\s*(?:\(?[\divxIVX]{1,4}[.)]\s+)+/, '')
    .replace(/[\s:.;,–—-]+$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function isPlain(label: string, at: string | null): boolean {
  return !isInstructionLike(label) && !resolveDates(label, at).unresolved && resolveDates(label, at).text === label;
}
