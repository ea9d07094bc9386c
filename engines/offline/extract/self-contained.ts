// Whether a statement can be read by somebody who did not see the conversation: it names its subject and says something of it.
import { frameOf } from '../frame.ts';
import { isImperative } from '../mood.ts';
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';
import { tag } from './language.ts';
import { genericPredicate } from './present.ts';
import type { Token } from './language.ts';

/** Subjects that stand in the sentence before, or nowhere. "This repo" and its like name the thing itself. */
const pointing =
  /^(?:(?:it|its|it['’]s|they|them|they['’]re|he|she|him|her|his|thats|that['’]s|then|so|there['’]?s?|here|the ones?|one|ones|both|either|neither|such|which|what|who|whose|how|why|same|likewise|otherwise|if so|if not|(?:anything|something)(?!\s+(?:that|which|who|in|on|under|with|from|over|above|below|outside|[a-z]+ing)\b)|all of (?:it|them|that)|not|too|than|like|because|since (?:then|it|that)|until (?:then|it|that))\b(?!\s*:)|(?:this|that|these|those)\b(?!\s+(?:repo|repository|project|code ?base|service|app|application|package|team|company|library|cluster|database|schema|workspace|account|user|site|website|module|product|api)\b))/i;
/** Words after which a sentence goes on. */
const cutShort =
  /\b(?:the|an?|and|or|of|my|our|your|their|is|are|was|were|be|than|why|how|whether|because|(?<!(?:but|or|not) )never|always)$/i;
/** An object that only the conversation names. */
const pointingObject =
  /\b(?:on|to|for|with|about|into|at|of|do|did|does|run|runs|fix|fixes|apply|keep|keeps|want|wants|leave|take|put|use|uses|make|promised|said|told|know|like)\s+(?:it|that|this|them|those|both|the same)(?:\s+(?:to|out|back|off|now|then|again|too|either|anyway|over|up|down|instead|\p{L}+ly)(?:\s+\p{L}+)?)?$/iu;
/** Verbs without what they are about: "prod follows on Friday". */
const alone =
  /^\S+(?: \S+)? (?:follows?|stays?|remains?)\b(?! (?:the|an?|from|in|on [\w-]*\d|below|under|above|within|over|between|at|inside|as|closed|open|off|with|to)\b)|(?:too|as well|again|later)$/i;
const label = /^([^:=→|]{2,70}?)\s*(?::\s|\s=\s|→|->|⇒|=>)\s*(\S.*)$/;
/** A word that may be a finite verb: the everyday ones, and whatever has a verb's ending. */
const finite =
  /^(?:is|are|was|were|am|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must|get|got|go|goes|went|use|run|live|sit|need|want|listen|belong|require|happen|start|end|take|took|send|keep|hold|store|sign|deploy|ship|review|own|handle|prefer|like|love|hate|work|cost|contain|support|target|become|became|stay|remain|share|come|bind|expose|write|read|call|mean|allow|think|speak|report|log|cache|test|build|dedupe|know|make|made|built|grew|grown|won|sold|wrote|rose|\p{L}{2,}(?:[^s\d]s|es|ed)|\p{L}+n['’]t|[\p{L}\d]+['’](?:s|re|m|ve|ll))$/iu;
const nounsAlone =
  /^(?:the|an?|no|all|every|each|any|some|my|our|your|their|this|that|and|or|of|in|on|at|for|to|from|with|so|as|by|only|just|also|now|then|still|named|used)$/i;
const forbidding = /^(?:no|never|always|only|hands off|stop|avoid|prefer|don['’]?t|do not)\b/i;

/** Whether the statement says of a named thing something that makes sense by itself. */
export function standsAlone(statement: string): boolean {
  const text = statement.replace(/[.!?]+$/, (stop) => (stop.length > 1 ? '…' : '')).trim();
  const bare = text.replace(/`[^`]*`/g, 'code').replace(/"[^"]*"/g, 'quote');
  if (/\.{3}|…/.test(bare) || pointing.test(bare)) return false;
  // "Series A" ends with a name, not with an article.
  if (cutShort.test(bare) && !/\s[A-Z]$/.test(bare)) return false;
  const words = bare.split(/\s+/);
  const named = label.exec(text);
  if (named !== null && /\p{L}{2}/u.test(named[1] ?? '') && terms(named[1] ?? '').length > 0)
    return !/^(?:so|then|but|ok|next|now)\b/i.test(named[1] ?? '');
  if (
    words.length < 2 ||
    /,$/.test(words[0] ?? '') ||
    pointingObject.test(bare.split(/[,;] | (?:since|because|when|once|if|so|before|after|and|but) /)[0] ?? bare) ||
    alone.test(bare)
  )
    return false;
  const frame = frameOf(text);
  const imperative = forbidding.test(bare) || isImperative(bare);
  const ofSelf = /^(?:i|my|we|our|the user)\b/i.test(bare);
  if (!ofSelf && !imperative && terms(text).length < 3 && (frame.value === null || terms(text).length < 2)) return false;
  if (imperative) return /\b(?:me|before|after|when|whenever|without)\b/i.test(bare) || tag(bare).slice(1).some(isThing);
  return (
    ownDeed.test(bare) ||
    ofOurs.test(bare) ||
    ofMany.test(bare) ||
    predicates(words) ||
    ordersSomething(bare, words) ||
    genericPredicate(bare) !== null
  );
}

/** "We lint with x": what follows "we" is the verb, everyday or not. */
const ofOurs = /^(?:i|we) (?:(?:also|now|always|never|still|just|\p{L}+ly) )*\p{Ll}{3,} \S/iu;
/** "Sessions expire after 45 minutes": a plural and its verb. */
const ofMany =
  /^(?:(?:the|all|our|my) )?(?:[\p{L}-]+ )?[\p{L}-]{3,}s (?:now )?\p{Ll}{3,} (?:after|at|in|on|to|from|for|with|by|through|via|under|every) \S/iu;

/** "Hired a new writer": said of oneself. */
const ownDeed = /^\p{L}{2,}ed (?:an?|the|to|from|our|my|over)\s/iu;

/** "Point the proxy at X": an order by a verb that is no everyday one. */
function ordersSomething(bare: string, words: string[]): boolean {
  return (
    words.length >= 4 &&
    !/^\W?\d|^\S+ (?:on|to|in|at|for|by|of|from|since|until)\b|^\p{L}+(?:ed|s)[,:]?\s|^\p{L}+,/iu.test(bare) &&
    (hardValues(bare).length > 0 || /\s\p{Lu}/u.test(bare))
  );
}

function isThing({ tag: part, word }: Token): boolean {
  if (/^[\d.,]+$/.test(word)) return false;
  return (
    /^[#@`]/.test(word) || part === 'NOUN' || part === 'PROPN' || part === 'X' || part === 'SYM' || /[\d_/`-]|^code$|^quote$/.test(word)
  );
}

/** A verb, and before it whom or what it is said of. */
function predicates(words: string[]): boolean {
  return (
    words.some(
      (word, index) =>
        index > 0 &&
        finite.test(word.replace(/[,;:]$/, '')) &&
        words.slice(0, index).some((before) => !nounsAlone.test(before) && !/^\d+$/.test(before)) &&
        !/^\d/.test(words[index - 1] ?? ''),
    ) ||
    words.slice(0, 4).some((word) => contracted.test(word)) ||
    portSubject.test(words.slice(0, 2).join(' '))
  );
}

/** Subject and verb in one word; "it's" is told from it before. */
const contracted = /^\p{L}{1,20}['’](?:m|re|ve|ll|s)$/iu;
const portSubject = /^\d[\d:.]* (?:is|are|belongs)$/;
