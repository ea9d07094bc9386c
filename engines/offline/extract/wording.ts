// Writes a sentence as a colleague's note: no filler, no first person without a name, capital letter, full stop.
import { plainCharacters } from '../plain-characters.ts';
import { isAuxiliary, tag, thirdPerson } from './language.ts';
import type { Token } from './language.ts';

const fillers =
  /^(?:(?:btw|by the way|fyi|just so you know|so you know|just fyi|for the record|for your information|(?:just )?(?:a )?(?:quick |side |small )?(?:note|heads[- ]up|reminder|remark|aside)(?: that)?|note that|remember(?: that)?|keep in mind(?: that)?|don['’]t forget(?: that)?|one (?:more |last )?thing|oh|ah|um+|uh+|hm+|well|so|ok|okay|and|but|also|plus|anyway|anyways|actually|honestly|basically|frankly|look|listen|hey|hi|hello|yes|yeah|yep|yup|no|nope|nah|sure|right|alright|great|perfect|nice|cool|good|thanks|thank you|thx|wow|woah|whoa|omg|aw+|yay|haha|lol|sorry|oops|please|pls|kindly|important|critical|correction|update|reminder|standing rule|house rule|new rule|rule|i mean|you know|i guess|i think|i believe|as (?:i|we) said|like i said|as mentioned|in case you (?:wonder|ask)\w*|for context|some context|context|now|then|too|before i forget|while (?:i|we)['’]?(?:m| am|re| are) at it|again|totally|definitely|absolutely|exactly|agreed|indeed|true)(?:\s*[,:;!.–—-]+\s*|\s+(?=(?:btw|fyi|by the way|just|the|that|we|i|i['’]\w+|it['’]s|our|my|please|always|never|don['’]t|use|so|also|and|but|actually)\b)))+/i;
/** Says that something is said beside, whatever follows. */
const asides = /^(?:btw|fyi|by the way|just so you know|for the record)\b[\s,:;–—-]*/i;
const trailing =
  /(?:[,;–—-]\s*got it|(?:[,;–—-]\s*|(?<!\b(?:be|been|is|are|was|were|am|not|all|do|does|did|doing|go|goes|going|feels?|felt|turn|turned|the|to|or|\p{L}{1,20}['’](?:s|re|m)))\s+)(?:ok|okay|right|alright)|(?:[,;–—-]\s*|(?<!\b(?:back|since|by|until|till|from|just|even|now|and))\s+)then|(?:[,;–—-]\s*|\s+)(?:please|pls|thanks|thank you|thx|btw|fyi|by the way|just so you know|you know|lol|haha+|though|from memory|if you remember|as (?:i|we) said|as discussed|as agreed|deal|yeah|hope that helps|remember that|keep that in mind|for the record|huh|tho))\s*[?.!]*$/iu;
/** "Could you always ..." and "could you ... from now on" are rules put politely. */
const request =
  /^(?:can|could|would|will) you (?:please )?(?=.*\b(?:always|never|from now on|going forward|in (?:the )?future|every time|each time)\b|(?:please |also )*(?:remember|note|memori[sz]e|keep in mind|bear in mind|make a note|take note)\b)/i;
const order =
  /^(?:please )?(?:remember|note|memori[sz]e|save|store|keep|put (?:it|this|that) (?:in|into) (?:your |the )?(?:notes?|memory)|(?:add|write|save|store|commit) (?:it |this |that )?(?:down|to (?:your |the )?(?:memory|notes?))|make a note|take note|keep in mind|bear in mind|for (?:your |the )?(?:memory|notes?))(?: (?:this|for (?:later|next time|the future)))?(?::\s*|,?\s+that\s+)|^(?:please )?(?:remember|note),?\s+(?=(?:we|i|the|our|my)\b)/i;
/** "I told you something wrong: ..." leads up to the right thing. */
const confession = /^(?:i|we) (?:told|gave|said|meant|mistyped|mixed)\b[^:.]{0,60}:\s*/i;
/** A few words that own up to a mistake, set off from the right thing that follows: "typo on my side, ...". */
const owning =
  /^(?=[^,:;–—-]{0,50}\b(?:wrong|mistaken?|typo|misspoke|mistyped|misremembered|mixed|confused|outdated|my bad|my fault|apologies|scratch that|strike that|ignore that|correct(?:ing|ion)|meant|slipped)\b)(?!(?:the|this|that|it|there|your|its|a)\b(?! (?:one )?(?:was|is) (?:wrong|a typo|outdated)))[^,:;–—-]{4,50}(?:[,:;]|\s[–—-]+)\s+(?=\S+ \S)/i;
/** "Not Ann, Ben reviews it": the sentence proper follows. */
const notBut = /^not [^,]{2,30}, (?=\p{Lu}\p{L}+ \p{Ll}+s \S|the \p{L}+ \p{L}+ )/iu;
const emoji = /[\p{Extended_Pictographic}\u{FE0F}]|(?:^|\s)[:;]-?[)(DPp](?=\s|$)/gu;

/** "Great news 🎉 I passed": what stands before an emoji is a sentence of its own. */
const exclaimed = /^[^\p{Extended_Pictographic}]{1,24}\p{Extended_Pictographic}\uFE0F?\s+(?=\p{Lu})/u;

/** Whether the speaker asks to have it remembered. */
export function asksToRemember(sentence: string): boolean {
  return order.test(sentence.replace(fillers, ''));
}

/** The sentence without what only serves the conversation. */
export function withoutFiller(sentence: string): string {
  let text = plainCharacters(sentence)
    .replace(exclaimed, '')
    .replace(/\[(?:shares|sends|shows|attaches)[^\]]{0,300}\]/gi, ' ')
    .replace(emoji, ' ')
    .replace(/\*\*|(?<!\w)__|__(?!\w)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  text = text
    .replace(/^[-–—•*]\s+/, '')
    .replace(fillers, '')
    .replace(asides, '')
    .replace(confession, '')
    .replace(owning, '')
    .replace(notBut, '')
    .replace(order, '');
  if (request.test(text)) text = text.replace(request, '').replace(order, '').replace(/\?+$/, '');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(trailing, '');
  }
  return text.trim().replace(/^(?:it['’]?s|it is) ([^()]{1,60}) \((?:the )?([\p{L}][^()]{2,40})\)[.!]*$/iu, '$2: $1');
}

/** "And we ..." as a note: without the word that joins it to what was said before. */
export function withoutLead(sentence: string): string {
  return sentence.replace(/^(?:(?:and|but|pls|so(?= (?:we|i|the|our|you|they)\b))\s+)+(?=\S+ \S)/i, '');
}

export interface Narrator {
  /** "Ines", or "The user". */
  name: string;
  /** Who "we" are, as a subject: "The team", "Ines and others". */
  group: string;
  /** Whose "our" is. */
  groupOwn: string;
  /** Who "you" is, between two people; null where it is the agent or anybody. */
  addressee: string | null;
}

export function narratorOf(name: string | null, addressee: string | null = null): Narrator {
  return name === null
    ? { name: 'The user', group: 'The team', groupOwn: "the team's", addressee: null }
    : { name, group: `${name} and others`, groupOwn: `${name}'s`, addressee };
}

/** The sentence as a statement: third person, capital letter, full stop. */
export function toStatement(sentence: string, narrator: Narrator): string {
  const told =
    ofSpeaker.test(sentence) || (narrator.addressee !== null && /\byou(?:r|rs|rself|['’]\w+)?\b/i.test(sentence))
      ? inThirdPerson(sentence, narrator)
      : sentence;
  const text = told
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.;!?])(?=\s|$)/g, '$1')
    .replace(/[\s,;:–—-]+$/, '')
    .replace(/[!?.]+$/, '')
    .trim();
  if (text === '') return '';
  const startsWithCode = /^(?:`|[\w.-]*[_/:@][\w./:@-]*\s|[a-z]+[A-Z]|https?:)/.test(text);
  const stop = /[.!?]["”'’)]$/.test(text) ? '' : '.';
  return `${startsWithCode ? text : text.charAt(0).toUpperCase() + text.slice(1)}${stop}`;
}

/** "I read it last year", "I set it yesterday": the past form is the base form, and the day tells which it is. */
function isPastForm(word: string, sentence: string): boolean {
  return /^(?:read|set|hit|put|let|quit|cut|cost|shut|split|spread|hurt|beat|bet)$/i.test(word) && pastDay.test(sentence);
}

const pastDay =
  /\b(?:yesterday|ago|last (?:night|week|weekend|month|year|summer|winter|spring|autumn|\p{L}+day)|earlier|back then|(?:in|on|since) (?:\d{1,2} )?(?:\p{Lu}\p{Ll}+ )?(?:19|20)\d\d)\b/u;

/** Part of an identifier ("my.cnf", "MY_FILE", "/me/app"), an abbreviation ("the US"), or a word of a title ("My Garden" inside a sentence). */
function isName(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token === undefined) return false;
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  if (token.gap === '' && /[\w/.@:\\#-]$/u.test(before?.word ?? '')) return true;
  if (after !== undefined && after.gap === '' && /^[\w/@\\#-]/u.test(after.word)) return true;
  if (after !== undefined && after.gap === '' && /^[.:]$/.test(after.word) && tokens[index + 2]?.gap === '') return true;
  if (/^['‘]$/.test(before?.word ?? '') && token.gap === '' && /^\p{Lu}/u.test(after?.word ?? '')) return true;
  if (token.word === 'US') return true;
  const opens = before === undefined || /^[.!?:"“(–—-]$/.test(before.word);
  return !opens && /^(?:My|Me|Our|Us|We|Mine)$/.test(token.word);
}

/** Inches have one mark, a quotation two. */
function isClosed(text: string, mark: string): boolean {
  const count = (sign: string): number => text.split(sign).length - 1;
  return mark === '“' || mark === '”' ? count('“') === count('”') : count(mark) % 2 === 0;
}

const ofSpeaker = /\b(?:i|i['’]\w+|im|ive|my|me|mine|myself|we|we['’]\w+|our|ours|us|ourselves)\b/i;
/** What is counted with Roman numbers: "Act I". In "the book I read" it is no name. */
const counted = /^(?:Act|Part|Phase|Chapter|Volume|Book|Type|Class|Stage|Level|Section|Tier|Scene|Grade|War|Appendix|Annex)$/;

const contractions: Record<string, string> = { m: 'am', ve: 'have', ll: 'will', d: 'would', re: 'are' };

/** Verbs after which the person named does something in the bare infinitive: "helped you move". */
const bareInfinitive = /^(?:help|let|make|see|watch|hear|have|tell|give|show|teach|thank|miss|love|join|send|get|ask|remind|call|meet)$/;

function inThirdPerson(sentence: string, narrator: Narrator): string {
  const spread = sentence
    .replace(/\bI['’]?m\b|\bim\b/g, 'I am')
    .replace(/\bive\b/gi, 'I have')
    .replace(/\b(I|we)['’](m|ve|ll|d|re)\b/gi, (_, who: string, part: string) => `${who} ${contractions[part.toLowerCase()] ?? part}`)
    .replace(/\b(?:(I|we)(?: have|['’]ve)? )?gotta\b/gi, (_, who: string | undefined) => `${who === undefined ? '' : `${who} `}have to`)
    .replace(/\bwanna\b/gi, 'want to')
    .replace(/(?<![\w'’])['’]em\b/gi, 'them')
    .replace(/\byou['’](re|ve|ll|d)\b/gi, (_, part: string) => `you ${contractions[part.toLowerCase()] ?? part}`)
    .replace(/\b([Mm]y|[Oo]ur) (\p{L}+)['’]s(?= (?:\p{Lu}|an? |the |not |called |at |on |in |\d))/gu, '$1 $2 is')
    .replace(/\b(?:I am|I['’]m) (?:gonna)\b/gi, 'I am going to');
  const tokens = tag(spread);
  // "You never know" is anybody; beside the speaker's own doings "you" is who listens.
  const addressee = ofSpeaker.test(sentence) ? narrator.addressee : null;
  let named = false;
  /** Between people the speaker's name covers who was with them: "Ines went there and they swam". */
  let namedAlone = false;
  let groupNamed = false;
  /** Which subject the next verb must agree with. */
  let agree: 'singular' | 'plural' | null = null;
  let written = '';
  let previous = '';
  let inQuote = false;
  for (const [index, { word, tag: part, lemma, gap }] of tokens.entries()) {
    if (/^["“”`]$/.test(word) && isClosed(spread, word)) inQuote = word === '“' || (word !== '”' && !inQuote);
    // A title or another one's words stay as they are: whose "I" that is, nobody knows.
    if (inQuote) {
      written += gap + word;
      continue;
    }
    // "Paul I of Russia" counts kings; nobody says "I is".
    const isNumeral =
      word === 'I' && (/^(?:of|is|has)$/.test(tokens[index + 1]?.word ?? '') || counted.test(tokens[index - 1]?.word ?? ''));
    const lower = isNumeral || isName(tokens, index) ? '' : word.toLowerCase();
    let put = word;
    const before = tokens[index - 1];
    // Right after the subject a word that taggers take for a noun is its verb: "we dedupe on ids".
    const verbal = part === 'NOUN' && /^\p{Ll}+[^s\W]$/u.test(word) && previous === 'we' && !/(?:nna|tta|ook|ought|ent)$/.test(lower);
    previous = lower;
    // Of "colour-code" the last part is inflected.
    const [hyphen, last] = [tokens[index + 1], tokens[index + 2]];
    if (agree === 'singular' && hyphen?.word === '-' && hyphen.gap === '' && last?.gap === '' && /^\p{L}/u.test(last.word)) {
      last.word = thirdPerson(last.word, last.word);
      agree = null;
    }
    if (verbal && agree === 'singular') {
      put = thirdPerson(word, word);
      agree = null;
    } else if (
      agree !== null &&
      (part === 'VERB' || part === 'AUX' || isAuxiliary(word) || (part !== 'ADV' && part !== 'PART' && part !== 'CCONJ' && written !== ''))
    ) {
      if (part === 'VERB' || part === 'AUX' || isAuxiliary(word))
        put =
          agree === 'singular' ? (isPastForm(word, spread) ? word : thirdPerson(word, lemma)) : ({ am: 'are', was: 'were' }[lower] ?? word);
      agree = null;
    }
    if (lower === 'i') {
      put = named ? 'they' : narrator.name;
      agree = named ? 'plural' : 'singular';
    } else if (lower === 'we') {
      put = groupNamed || namedAlone ? 'they' : narrator.group;
      agree = put === 'they' || / and /.test(narrator.group) ? 'plural' : 'singular';
      groupNamed = true;
    } else if (lower === 'my') put = named ? 'their' : `${narrator.name}'s`;
    else if (lower === 'our') put = groupNamed || namedAlone ? 'their' : narrator.groupOwn;
    else if (lower === 'me' && before?.lemma === 'be') put = 'themselves';
    else if (lower === 'me') put = named ? 'them' : narrator.name;
    else if (lower === 'us') put = groupNamed || namedAlone ? 'them' : narrator.group.replace(/^The/, 'the');
    else if (lower === 'mine') put = named ? 'theirs' : `${narrator.name}'s`;
    else if (lower === 'ours') put = narrator.groupOwn;
    else if (lower === 'myself' || lower === 'ourselves') put = 'themselves';
    else if (addressee !== null && lower === 'you') {
      put = addressee;
      const caused = before?.tag === 'ADP' || bareInfinitive.test(before?.lemma ?? '');
      if (!caused) agree = 'singular';
    } else if (addressee !== null && (lower === 'your' || lower === 'yours')) put = `${addressee}'s`;
    else if (addressee !== null && lower === 'yourself') put = 'themselves';
    if (/^(?:i|my|me|mine)$/.test(lower)) named = true;
    namedAlone = named && narrator.name !== 'The user';
    const inside = written.trim() !== '' && !/[.!?:]\s*$/.test(written);
    written += gap + (inside && /^The (?:user|team)/.test(put) ? `t${put.slice(1)}` : put);
  }
  return written;
}
