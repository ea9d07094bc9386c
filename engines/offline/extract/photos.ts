// What a picture shows that somebody sends with a message, where the transcript describes it in brackets.
import { telling } from '../telling.ts';
import { terms } from '../words.ts';
import type { Span } from '../words.ts';

export interface Photo extends Span {
  /** "a horse painted on a wall", without "a photo of". */
  shows: string;
}

const shared = /\[(?:shares|sends|shows|attaches)\b[^\]:]{0,40}:\s*([^\]]{4,300})\]/i;
const medium =
  /^(?:(?:an?|the) )?(?:(?:close ?up|black and white|blurry|selfie) )*(?:photo(?:graph(?:y)?)?|picture|image|pic|close ?up)s? (?:of |showing )?/i;

export function photoIn(text: string): Photo | null {
  const match = text.includes('[') ? shared.exec(text) : null;
  if (match === null) return null;
  const shows = (match[1] ?? '').replace(medium, '').trim();
  return shows === '' ? null : { start: match.index, end: match.index + match[0].length, shows };
}

/** An object that only the picture names: "I made this in class". */
const pointing =
  /\bshowed\b|\b(?:made|drew|bought|built|got|did|wrote|took|found|\p{L}{3,}ed) (?:this|these|it|one)(?=[.!,;]|$| (?:in|at|on|for|with|from|last|after|around|when|while|because|to|shortly|and)\b)/iu;
const longest = 200;

/** Of the statements of the message, the last one whose words only point at the picture says what it shows. */
export function withPhoto(statements: readonly string[], photo: Photo): string[] {
  const pointer = statements.findLastIndex((statement) => statement.length <= longest && pointing.test(statement));
  return statements.map((statement, index) => {
    const said = terms(statement);
    if (index !== pointer || telling(photo.shows).every((term) => said.includes(term))) return statement;
    return `${statement.replace(/\.$/, '')} (photo: ${photo.shows}).`;
  });
}

/** "Here's my latest painting": what is sent is told, not only shown. */
export function asShown(sentence: string): string {
  return sentence.replace(
    /^(?:and )?(?:here['’]s|here is|here are|this is) (?=(?:an?|my|our|one|some|another|the) )(?=.*\b(?:i|i['’]ve|we|we['’]ve|my|our)\b)/i,
    'I showed ',
  );
}
