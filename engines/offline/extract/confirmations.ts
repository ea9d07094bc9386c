// What the agent proposed counts when the user agrees to it: the labelled points of the message that was approved.
import type { TextBlock } from '../../../domain/transcript.ts';
import type { Span } from '../words.ts';

const approval =
  /^(?:(?:yes|yeah|yep|ok|okay|alright|great|perfect|excellent|right|good|hello|hi|hey|got it|understood)[,.!]?\s+)*(?:(?:i )?(?:confirm(?:ed)?|approved?|agreed?)\b|(?:that|this|it|these|the (?:\p{L}+ ){1,4}?)(?:['’]s| is| are| looks?| sounds?| works?)\s+(?:\p{L}+ ){0,2}?(?:solid|approved|perfect|excellent|great|good|exactly|confirmed|locked|correct|spot on|right|what i|ideal|fine|clear|logical|comprehensive|effective)|(?:let['’]s|let us|we(?:['’]ll| will)|i(?:['’]ll| will)) (?:go with|lock|use|take|adopt|proceed with|finali[sz]e|stick)|lock (?:it|this|that) in|looks? (?:good|great|solid|perfect|right)|sounds? (?:good|great|right|perfect)|go with (?:that|this|it)|exactly\b|solid\b)/iu;
const rejection = /\b(?:not|n['’]t|but|however|except|instead|wrong|missing|too|change|replace|rather|no)\b/i;

/** Whether a message opens by agreeing to what was proposed, without taking half of it back. */
export function approves(opening: string): boolean {
  return opening.length <= 400 && approval.test(opening) && !rejection.test(opening);
}

export interface Point extends Span {
  text: string;
}

/** More points than this are a document, not an agreement. */
const mostPoints = 12;
const point = /^[ \t]{0,8}(?:[-*+•]|\d{1,2}[.)])[ \t]+(.{8,320})$/;
const labelled = /^(?:\*\*|__)?([^:*_|]{2,60}?)(?:\*\*|__)?:(?:\*\*|__)?\s+(\S.{4,280})$/;

/** The points "Label: what is settled" of a proposal. */
export function proposedPoints(block: TextBlock): Point[] {
  const points: Point[] = [];
  const { text } = block;
  let inFence = false;
  for (let start = 0; start < text.length && points.length < mostPoints;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = end - start <= 360 ? text.slice(start, end).trimEnd() : '';
    if (line.trimStart().startsWith('```')) inFence = !inFence;
    const item = inFence ? null : point.exec(line);
    const parts = item === null ? null : labelled.exec(item[1] ?? '');
    if (item !== null && parts !== null && !/[?]\s*$/.test(line)) {
      const from = start + line.length - (item[1] ?? '').length;
      points.push({ start: from, end: start + line.length, text: `${parts[1]}: ${parts[2]}`.replace(/\*\*|__/g, '') });
    }
    start = end + 1;
  }
  return points;
}
