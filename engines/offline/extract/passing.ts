// What people at work say about the task in hand, a single case or the moment: true today, of no use in a note.
import { hardValues } from '../value.ts';
import { sentences } from '../words.ts';
import { tag } from './language.ts';

const ticket = /\b(?!(?:SHA|UTF|ISO|RFC|AES|TLS|SSL|CVE|GPT|HTTP|RSA|MD|IPV|USB|PEP|ADR)-)[A-Z][A-Z0-9]{1,7}-\d{1,6}\b/;
const soFar =
  /\b(?:so far|thus far|any minute|(?:in|over|within) the (?:last|past) (?:few |couple of |\d+ )?(?:min(?:ute)?s?|hours?|hrs?|secs?|seconds?)|in a (?:bit|moment|minute|sec)|thinking out loud|feel like|as if i had time|have to run|gotta run|first thing tomorrow|asap|quick(?:ly)?$)\b|\bshould (?:already |still |now |also )?be (?:on|off|up|live|there|in|out|done|running|deployed|merged)\b|[;,] (?:please )?(?:translate|fix|change|adapt|convert|rewrite|update|remove|rename|replace|take) (?:it|them|that|this)\b/i;
/** Where somebody is just now. */
const away =
  /(?<!\bit|\bthis|\bthat|\brelease|\bversion)(?: is| are|['’]s) (?:out|away|off|sick|ill|busy|travell?ing|back (?:on|at|in|tomorrow|next)|on (?:holiday|vacation|leave|pto|the phone|it|a call|a train|the way))\b(?! (?:of|limits)\b)/i;
/** One order, one customer: a bare number that does something. */
const numbered =
  /^(?:#|no\.? ?)?\d{3,}(?: and (?:#|no\.? ?)?\d{3,})?\s+(?:(?:is|are) (?:stuck|back|gone|missing|late|lost|open|closed|done|paid|waiting|hanging|failing|still)|(?!(?:is|are|belongs|means|goes|was|were)\b)\p{L}{3,})\b/iu;
/** One pull request, ticket or run; "release 1.15" is a version. */
const numberedWork =
  /^(?:the |our |my |also |and )*(?:pr|mr|pull request|merge request|issue|ticket|build|run|job|pipeline|commit|incident|alert|case|bug) ?(?:#|no\.? ?)?\d{1,}\b(?!\.\d)/i;
/** Ends at an hour of that day, or when somebody comes back; "from 22 until 7" recurs. */
const untilThen =
  /(?<!\b(?:from|between) [^,;]{1,40})\b(?:until|till|til) (?:about |around |half past |quarter (?:past|to) )?(?:(?:\d{1,2}(?::\d{2})?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: ?(?:am|pm|ish|o['’]clock))?(?=[,.;)!]|$)|(?:he|she|they|i|we|\p{Lu}\p{Ll}+)(?:['’](?:s|re|m)| is| are| am| comes?| gets?) (?:back|in|here|home|done)\b)/iu;
/** Goes on while somebody does something just now. */
const meanwhile = /\bwhile (?:we|i|they|you)(?:['’](?:re|m)| are| am)? \p{L}+(?: (?:it|this|that|them))?[.!]*$/iu;
/** In the progressive these verbs still say what is so for long, or where things move to. */
const lastingProgressive =
  /^(?:using|running|living|listening|serving|hosting|storing|keeping|targeting|supporting|depending|sitting|pointing|holding|going|moving|switching|migrating|becoming|getting|changing|replacing|dropping|raising|lowering|adopting|renaming|working|building|writing|developing|making|selling|owning|leading|handling|sharing|paying|sending|starting|joining|leaving|retiring|sunsetting|deprecating|planning|aiming|allowing|blocking|missing|following|existing|taking|giving|covering|reviewing|maintaining|managing|heading|stepping|coming|closing|ending|opening|launching|merging|splitting|putting|setting|adding|removing|cutting|moving|standardi[sz]ing|reading|calling|doing|staying|calling|rewriting|porting|rolling|phasing|winding|counting|charging|billing|publishing|shipping|exporting|importing|running|logging|measuring|tracking|emitting|returning|accepting|rejecting|requiring|serving|mirroring|replicating|syncing|feeding|driving|owning)$/i;
export const progressive =
  /(?:\b(?:is|are|am|been|be)|['’](?:s|re|m))(?: (?:still|now|currently|just|already|always|also|not|\p{L}+ly))? ((?!being\b|going\b)\p{L}{2,}ing)\b/iu;
/** How it stands just now: "staging is red", "worker-7 is at 96 %", "40k messages in it at the moment". */
const standing =
  /\b(?:is|are|['’]s|['’]re) (?:still |again |all |now )?(?:red|green|down|up|back(?: up)?|offline|online|stuck|pegged|out of order|on fire|on its way|under load|behind (?:main|master)|out of (?:sync|date|memory|disk|space|order|reach|stock|quota))(?=$|[,.;!]| (?:again|now|since|for me)\b)|\b(?:is|are|sits|stands) at \d[\d.]* ?(?:%|percent|per cent)|\b(?:and|still) (?:climbing|rising|falling|growing|counting|dropping)\b|\d commits? (?:behind|ahead)\b|^my (?:branch|pr|mr|commit|checkout|fork|shell|terminal|diff)\b|\bhas \d[\d.,k]* \p{L}+ (?:in it |left |waiting |queued )?(?:right now|at the moment|just now)\b/iu;
/** "Let me rerun it": what the speaker does next. */
const letMe = /^(?:let me|lemme|let us see|let['’]s see|i['’]ll|i will|i['’]m going to|gonna)\b/i;
/** Somebody's whereabouts in a week that is soon over. */
const thisWeek =
  /\b(?:is|are|['’]s|['’]re|['’]m|am) (?:all )?(?:at|in|on|out|away|off|busy)\b[^,;]{0,60}\b(?:this|next) (?:week|month|sprint)\b/i;
const http = /^`?(?:GET|POST|PUT|PATCH|DELETE|HEAD) \//;
/** "Orders get tags", "new migration for returns: a, b": what is to be built. */
const wanted =
  /^(?:(?:the |all |every )?[\p{L}\d_ /`.-]{2,40}? gets? (?:(?:an?|some|its|their|new|optional|two|three|\d+)\s(?!.*\b(?:within|before|after) \S+ )|\p{L}+s?:\s)|(?:an? )?new \p{L}+(?: \p{L}+)? (?:for|on|to|in) [^:]{2,40}: [^,]+,[^,]+,|(?:next|step \d|part \d|todo|first|second)\b)/iu;
const shipped =
  /^\S+(?: \S+){0,3} (?:to|on|into) (?:prod(?:uction)?|staging|main|master|live|dev|qa|test)(?: (?:now|next|today|please|then|first|again|too))?\b(?!\s+(?:is|are|goes|happens?|runs?|needs?|requires?|takes?|every|each|on \p{L}+days|only|with|by|via|through|after|before)\b)/iu;
/** What makes it more than a task: a rule, a decision, a change that holds. */
const lastingCue =
  /\b(?:always|never|from now on|going forward|as of|since (?:\d|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|last|yesterday|the)|no longer|any ?more|no more|instead of|rather than|used to|moved|switched|migrated|decided|agreed|replaced|every|each|whenever|must|policy|convention|rule|by default|lives? in|runs? on|listens? on|belongs? to|owned by|reviewed by|reviews|owns)\b/i;
const supposing = /\b(?:what if|suppose|imagine|should we|could we|shall we|how about)\b/i;
const limitedAfter =
  /^(?:(?:and |but )?(?:only|just) (?:for )?(?:this|that|the|once|today|now)\b|(?:just )?this once|not (?:for|in) general|as an exception)/i;
/** The speaker does not take it over, or takes it back at once. */
const rejectedAfter =
  /^(?:(?:but|and|well|so) )?(?:i(?:['’]m| am) not (?:convinced|sure|so sure)|i (?:disagree|doubt|don['’]t (?:agree|think so|buy)|declined|said no)|we (?:declined|said no|stay (?:as|with|where)|won['’]t|are not|aren['’]t)|not (?:convinced|happening|going to happen|sure)|no(?:,| )? ?(?:wait|sorry|scratch)|wait,? no|scratch that|hang on|i mean\b|sorry,? (?:no|that|i))\b/i;
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
  if (
    soFar.test(sentence) ||
    away.test(sentence) ||
    numbered.test(sentence) ||
    limitedAfter.test(talk.next) ||
    rejectedAfter.test(talk.next)
  )
    return true;
  if (supposing.test(talk.previous) && !lastingCue.test(sentence)) return true;
  const lasting = lastingCue.test(sentence) || lastingAfter.test(talk.next);
  if (!lasting && (numberedWork.test(sentence) || meanwhile.test(sentence) || isUnderWay(sentence))) return true;
  if (untilThen.test(sentence) || letMe.test(sentence) || thisWeek.test(sentence)) return true;
  if (!lasting && standing.test(sentence)) return true;
  if (ticket.test(sentence) && !lasting) return true;
  if (
    (wanted.test(sentence) || http.test(sentence)) &&
    !/\b(?:always|every|each|must|since|is|are)\b/i.test(sentence.replace(/\bnever\b/gi, ' '))
  )
    return true;
  if (shipped.test(sentence) && !lasting) return true;
  return !lasting && isAssignment(talk.message);
}

/** Somebody is at it just now: a progressive of a verb that comes to an end, or one without any subject ("clearing the cache"). */
function isUnderWay(sentence: string): boolean {
  const main = sentence.split(/[,;:]\s|\s(?:because|since|so|when|whenever|if|that|which|who|where|until)\s/i, 1)[0] ?? sentence;
  const found = progressive.exec(main);
  // A value after the verb is what the statement is about: "is sending amounts in `cents`".
  const valued = found !== null && hardValues(sentence.slice(found.index)).some(({ text }) => !/^\d{1,3}s?$/.test(text));
  const verb = valued ? undefined : found?.[1];
  if (verb !== undefined)
    return !lastingProgressive.test(verb) && !/\b(?:interest|bor|annoy|confus|mislead|outstand|pend|press|work|follow)ing$/i.test(verb);
  if (!/^(?:(?:just|now|still|about|currently|also) )*\p{L}{2,}ing\b(?! ?:)/iu.test(sentence)) return false;
  const [first, ...rest] = tag(sentence.slice(0, 160)).filter(({ word }) => !/^(?:just|now|still|about|currently|also)$/i.test(word));
  const end = rest.findIndex(({ tag: part }) => part === 'PUNCT');
  const clause = end < 0 ? rest : rest.slice(0, end);
  return (
    first?.tag === 'VERB' &&
    clause.length > 0 &&
    /DET|PRON|ADP|PART|ADV|NOUN|PROPN|NUM/.test(clause[0]?.tag ?? '') &&
    !clause.some(({ tag: part, word, lemma }) => part === 'AUX' || (part === 'VERB' && word !== lemma && !/ing$/.test(word)))
  );
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
