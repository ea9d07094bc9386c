// What people at work say about the task in hand, a single case or the moment: true today, of no use in a note.
import { sentences } from '../words.ts';

const ticket = /\b(?!(?:SHA|UTF|ISO|RFC|AES|TLS|SSL|CVE|GPT|HTTP|RSA|MD|IPV|USB|PEP|ADR)-)[A-Z][A-Z0-9]{1,7}-\d{1,6}\b/;
const soFar =
  /\b(?:so far|thus far|any minute|(?:in|over|within) the (?:last|past) (?:few |couple of |\d+ )?(?:min(?:ute)?s?|hours?|hrs?|secs?|seconds?)|in a (?:bit|moment|minute|sec)|thinking out loud|feel like|as if i had time|have to run|gotta run|first thing tomorrow|asap|quick(?:ly)?$)\b|\bshould (?:already |still |now |also )?be (?:on|off|up|live|there|in|out|done|running|deployed|merged)\b|[;,] (?:please )?(?:translate|fix|change|adapt|convert|rewrite|update|remove|rename|replace|take) (?:it|them|that|this)\b/i;
/** Where somebody is just now. */
const away =
  /(?<!\bit|\bthis|\bthat|\brelease|\bversion)(?: is| are|['’]s) (?:out|away|off|sick|ill|busy|travell?ing|back (?:on|at|in|tomorrow|next)|on (?:holiday|vacation|leave|pto|the phone|it|a call|a train|the way))\b(?! (?:of|limits)\b)/i;
/** One order, one customer: a bare number that does something. */
const numbered =
  /^(?:#|no\.? ?)?\d{3,}(?: and (?:#|no\.? ?)?\d{3,})?\s+(?:(?:is|are) (?:stuck|back|gone|missing|late|lost|open|closed|done|paid|waiting|hanging|failing|still)|(?!(?:is|are|belongs|means|goes|was|were)\b)\p{L}{3,})\b/iu;
const http = /^`?(?:GET|POST|PUT|PATCH|DELETE|HEAD) \//;
/** "Orders get tags", "new migration for returns: a, b": what is to be built. */
const wanted =
  /^(?:(?:the |all |every )?[\p{L}\d_ /`.-]{2,40}? gets? (?:(?:an?|some|its|their|new|optional|two|three|\d+)\s|\p{L}+s?:\s)|(?:an? )?new \p{L}+(?: \p{L}+)? (?:for|on|to|in) [^:]{2,40}: [^,]+,[^,]+,|(?:next|step \d|part \d|todo|first|second)\b)/iu;
const shipped =
  /^\S+(?: \S+){0,3} (?:to|on|into) (?:prod(?:uction)?|staging|main|master|live|dev|qa|test)(?: (?:now|next|today|please|then|first|again|too))?\b(?!\s+(?:is|are|goes|happens?|runs?|needs?|requires?|takes?|every|each|on \p{L}+days|only|with|by|via|through|after|before)\b)/iu;
/** What makes it more than a task: a rule, a decision, a change that holds. */
const lastingCue =
  /\b(?:always|never|from now on|going forward|as of|since (?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|last|yesterday|the)|no longer|any ?more|no more|instead of|rather than|used to|moved|switched|migrated|decided|agreed|replaced|every|each|whenever|must|policy|convention|rule|by default|lives? in|runs? on|listens? on|belongs? to|owned by|reviewed by|reviews|owns)\b/i;
const supposing = /\b(?:what if|suppose|imagine|should we|could we|shall we|how about)\b/i;
const limitedAfter =
  /^(?:(?:and |but )?(?:only|just) (?:for )?(?:this|that|the|once|today|now)\b|(?:just )?this once|not (?:for|in) general|as an exception)/i;
const lastingAfter =
  /^(?:(?:that['’]?s |it['’]?s |this is )?(?:an? |the |our )?(?:general|standing|house|hard|fixed|firm)(?: team)? (?:rule|policy)|always\b|for good\b|every time\b|no exceptions?\b|not (?:just|only) (?:for )?(?:today|now|this)\b)/i;

export interface Talk {
  /** The whole message. */
  message: string;
  /** The sentence before and the one after in the same message; '' at its ends. */
  previous: string;
  next: string;
}

/** True of the task, the case or the moment only. */
export function isPassing(sentence: string, talk: Talk): boolean {
  if (soFar.test(sentence) || away.test(sentence) || numbered.test(sentence) || limitedAfter.test(talk.next)) return true;
  if (supposing.test(talk.previous) && !lastingCue.test(sentence)) return true;
  const lasting = lastingCue.test(sentence) || lastingAfter.test(talk.next);
  if (ticket.test(sentence) && !lasting) return true;
  if (
    (wanted.test(sentence) || http.test(sentence)) &&
    !/\b(?:always|every|each|must|since|is|are)\b/i.test(sentence.replace(/\bnever\b/gi, ' '))
  )
    return true;
  if (shipped.test(sentence) && !lasting) return true;
  return !lasting && isAssignment(talk.message);
}

/** The sentence after says that the one before is meant for good. */
export function isMeantForGood(talk: Talk): boolean {
  return lastingAfter.test(talk.next);
}

/** A message that ends by naming its ticket hands over a task. */
function isAssignment(message: string): boolean {
  if (message.length > 600) return false;
  const last = sentences(message).at(-1);
  return last !== undefined && /^[A-Z][A-Z0-9]{1,7}-\d{1,6}\.?$/.test(message.slice(last.start, last.end));
}
