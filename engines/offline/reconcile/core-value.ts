// The value proper inside what a sentence gives as its value: "#releases for all releases" is the channel, the rest tells the slot.
import { terms } from '../words.ts';
import { valuesIn } from './change-of-value.ts';

export interface Core {
  text: string;
  /** Words beside the value that tell which slot it is. */
  rest: string;
}

const manner = /^(?:(?:the|their|all|any|my|our|your) )?(\p{L}+(?: \p{L}+)?) (?:as|in|to be|in the form of) (.{2,60})$/iu;
/** "founded by X": who it was is the value. */
const participle =
  /^(\p{L}+(?:ed|born|made|written|built|known|led|run|held|sold|owned) (?:by|in|at|on|from|with|as|to)|born (?:in|on|at)) (.{2,80})$/u;
/** "the city of Lisbon" */
const ofName = /^the (\p{Ll}+) of (\p{Lu}.{1,60})$/u;
const leading =
  /^(?:[>:=-]+\s*|(?:at|to|on|in|by|for|from|is|are|says|set for|set to|below|under|above|over|around|about|up to|at most|max|every|each)\s+)+/i;

/** "Ghent in January 2026", "eu-north-1 on the weekend before 14 February 2026": when it came about is no part of the value. */
const when =
  /(?<=\S)\s+(?:in|on|since|as of|around|during|from)\s+(?:the \p{L}+ (?:before|after|of) )?(?:\d{4}-\d{2}-\d{2}|(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{1,2},)? \d{4})$/u;

export function coreOf(value: string): Core {
  const bare = value.replace(/^[\s([{"'“]+|[\s)\]}"'”.,;]+$/g, '').replace(when, '');
  const lead = leading.exec(bare)?.[0] ?? '';
  const text = bare.slice(lead.length);
  const hard = valuesIn(text);
  const [only] = hard;
  if (only !== undefined && hard.length === 1 && text.length <= 160) {
    const rest = `${text.slice(0, only.start)} ${text.slice(only.end)}`;
    return { text: only.text, rest: `${lead} ${rest}`.trim() };
  }
  const place = ofName.exec(text);
  if (place !== null) return { text: place[2] ?? text, rest: `${lead} ${place[1] ?? ''}` };
  const passive = participle.exec(text);
  if (passive !== null && hard.length === 0) {
    const inner = ofName.exec(passive[2] ?? '');
    return { text: inner?.[2] ?? passive[2] ?? text, rest: `${passive[1] ?? ''} ${inner?.[1] ?? ''}` };
  }
  if (hard.length === 0) {
    const said = manner.exec(text);
    if (said !== null && terms(said[2] ?? '').length > 0) return { text: said[2] ?? text, rest: said[1] ?? '' };
  }
  return { text: text === '' ? value : text, rest: lead.trim() };
}
