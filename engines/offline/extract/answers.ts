// A short answer leans on the question before it: together they make a statement that stands alone.
import { isImperative } from '../mood.ts';
import { tag, thirdPerson } from './language.ts';

/** Questions about how to go on, and greetings: their answers are no facts. */
export const procedural =
  /^(?:want me|shall (?:i|we)|(?:do|would) you (?:want|like) me|should (?:i|we) (?:go|proceed|continue|start|also|fix|move|do it|try)|can you|could you|may i|can i|ready|anything (?:else|new)|does (?:that|this|it)|is (?:that|this|it) (?:ok|okay|fine|right|what|good|better|working)|how (?:are|have you been|does (?:that|this|it)|about|is it going)|what(?:['’]s| is) (?:up|new|next|wrong|going on)|what (?:do you think|about|happened|now|else)|mak(?:e|es|ing) sense|any (?:questions|thoughts|news|luck|idea)|working now|why|really|right|ok|did (?:that|it|you see))\b/i;
export const noAnswer =
  /^(?:like|alright|another|let me|exactly|(?:i )?(?:don['’]?t|do not) know|no idea|not sure|dunno|whatever|up to you|you (?:decide|choose|tell me)|skip|later|never ?mind|thanks|thank you|ok|okay|sure|fine|good|great|perfect|done|works|look at|see|check|wait|hm+|hi|hello|same|both|either|none|nothing)\b[^,]*$/i;
const leadIn =
  /^(?:(?:honestly|basically|it['’]?s|it is|that['’]?s|that is|that would be|they['’]?re|they are|these days|currently|right now|i think|i believe|probably|should be|usually|well|so|oh|hm+|um+|ah|we use|i use|use|just|still|now|always)[,:]?\s+)+/i;
const ownClause =
  /^(?:i|we|you|he|she|they|the \w+|my \w+|our \w+|this \w+|that \w+)\b.*\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|should|must|use|uses|want|wants|like|likes|prefer|prefers|need|needs|work|works|live|lives|go|goes|run|runs|got|get)\b|['’](?:m|re|ve|ll)\b|;/i;
const preposition = /^(?:at|on|in|to|from|by|for|with|under|near|via|around|before|after|between|every|each|behind|inside)\b/i;

/** "How can I help", "what would you like to do next": an offer, not a question about something. */
const offering = /^(?:how|what|where|which|who|when)\b.{0,40}?\b(?:can|could|may|might|shall|would) (?:i|we|you)\b/i;
/** Courtesies, and refusals to answer. */
const courtesy = /\b(?:thanks|thank you|thx|bye|cheers|see you|good (?:night|bye))\b|^not \p{L}+ing\b/iu;

/** The last question of a message, without what leads up to it; null when it asks nothing factual. */
export function questionIn(text: string): string | null {
  const tail = text.slice(-600);
  const match = /(?:^|[.!?\n:]\s+|\n)((?:[^.!?\n]|[.!?](?=\S)){3,240})\?["')\]]*\s*$/.exec(tail);
  if (match === null) return null;
  const question = (match[1] ?? '')
    .replace(
      /^(?:(?:and|so|but|ok|okay|hey|oh|wow|great|thanks|cool|also|btw|by the way|quick question|one question|one more thing|just to be sure|to be sure|before i (?:start|go on)|first|also|\p{Lu}\p{L}+)[,:!–—-]+\s*)+/iu,
      '',
    )
    .trim();
  return procedural.test(question) ||
    offering.test(question) ||
    /\s(?:and|or) (?:what|how|why|who|where|when|is|are|do|does)\b/i.test(question) ||
    question.split(/\s+/).length < 3
    ? null
    : question;
}

/** The answer proper when it cannot stand alone; null for a full sentence or none. */
export function shortAnswer(sentence: string): string | null {
  const text = sentence.replace(/[.!]+$/, '').trim();
  if (text === '' || /\?$/.test(text) || noAnswer.test(text) || courtesy.test(text)) return null;
  // "Fix the login test" sets a task, whatever was asked.
  if (isImperative(text) && !leadIn.test(text)) return null;
  const core = text.replace(leadIn, '').trim();
  if (core === '' || core.split(/\s+/).length > 9 || ownClause.test(core)) return null;
  return core;
}

/** In the answerer's own words ("the editor I use is Helix"); null when the question's form is not understood. */
export function joinAnswer(asked: string, answer: string): string | null {
  const question = turnRound(withoutChoices(asked.replace(/\s+/g, ' ').trim()));
  // "Yes, it grows" tells more than the question word asked for.
  if (/^(?:yes|no)\b/i.test(answer) && /^(?:what|which|who|where|when|how)\b/i.test(question)) return null;
  return yesNo(question, answer) ?? whAnswer(question, answer);
}

/** "What is it made of – wood or steel" asks what it is made of. */
function withoutChoices(question: string): string {
  return /^(?:what|which|who|where|when|how)\b.{6,}?(?=\s[–—]\s)/i.exec(question)?.[0] ?? question;
}

/** "your editor" asked of me is my editor. */
function turnRound(question: string): string {
  return question
    .replace(
      /\b(?:your|you|my|i|yourself)\b/gi,
      (word) => ({ your: 'my', you: 'I', my: 'your', i: 'you', yourself: 'myself' })[word.toLowerCase()] ?? word,
    )
    .replace(/\bare I\b/g, 'am I')
    .replace(/\b(to|for|with|about|of|from|tell|give|call|remind|help) I\b/g, '$1 me');
}

function yesNo(question: string, answer: string): string | null {
  const yes = /^(?:yes|yeah|yep|yup|correct|right|exactly|sure|indeed|it is|they are|we do|i do)\b/i.test(answer);
  const no = /^(?:no|nope|nah|not any ?more|it['’]?s not|we don['’]t|i don['’]t)\b/i.test(answer);
  const there = /^is there (?:an?|any) ([^,;]{2,40})$/i.exec(question);
  const what = /^(?:yes|yeah|yep|yup)[,:]?\s+(\S.{3,})$/i.exec(answer)?.[1];
  if (there !== null && what !== undefined) return `The ${there[1]} is ${what}`;
  const should = /^should (?:you|we|the agent) (.+)$/i.exec(question);
  if (should !== null) return yes ? capital(should[1] ?? '') : no && answer.split(/\s+/).length === 1 ? `Do not ${should[1]}` : null;
  if (!yes || answer.split(/\s+/).length > 2) return null;
  const doing = /^(?:do|does) (.+)$/i.exec(question);
  if (doing !== null) return agreeing(doing[1] ?? '', /^does/i.test(question));
  const being = /^(?:is|are|am) (.+)$/i.exec(question);
  return being === null ? null : insertBe(being[1] ?? '', /^\w+/.exec(question)?.[0].toLowerCase() ?? 'is');
}

function whAnswer(question: string, answer: string): string | null {
  const be = '(is|are|was|were|am)';
  const does = '(do|does|did|should|will|can|must)';
  const of = (pattern: string): RegExpExecArray | null => new RegExp(`^${pattern}$`, 'i').exec(question);

  let match = of(`(?:what|which)(?:['’]s| ${be}) (.+)`);
  if (match !== null) return `${capital(match[2] ?? '')} ${match[1] ?? 'is'} ${answer}`;
  match = of(`(at|on|in|to|from|by|for|with|under|into) (?:what|which) (.+?) ${be} (.+)`);
  if (match !== null)
    return insertBe(match[4] ?? '', match[3] ?? 'is', preposition.test(answer) ? answer : `${match[1]?.toLowerCase()} ${answer}`);
  match = of(`(at|on|in|to|from|by|for|with|under|into) (?:what|which) (.+?) ${does} (.+)`);
  if (match !== null)
    return `${agreeing(match[4] ?? '', /does/i.test(match[3] ?? ''))} ${preposition.test(answer) ? answer : `${match[1]?.toLowerCase()} ${answer}`}`;
  match = of(`(?:what|which) (.+?) ${does} (.+)`);
  if (match !== null)
    return `The ${match[1]} ${agreeing(match[3] ?? '', /does/i.test(match[2] ?? ''), false)} ${/[^s]s$/.test(match[1] ?? '') ? 'are' : 'is'} ${answer}`;
  match = of(`(?:what|which) (.+?) ${be} (.+)`);
  if (match !== null) return `The ${match[1]} ${match[3]} ${match[2]} ${answer}`;
  match = of(`what ${does} (.+)`);
  if (match !== null) return `${agreeing(match[2] ?? '', /does/i.test(match[1] ?? ''))}: ${answer}`;
  match = of(`who(?:['’]s| ${be}) (.+)`);
  if (match !== null) return `${capital(match[2] ?? '')} ${match[1] ?? 'is'} ${answer}`;
  match = of('who (.+)');
  if (match !== null && !/^(?:do|does|did|should|will)\b/i.test(match[1] ?? '')) return `${capital(answer)} ${match[1]}`;
  match = of(`(where|when|how often|how|since when)(?:['’]s| ${be}) (.+)`);
  if (match !== null) return insertBe(match[3] ?? '', match[2] ?? 'is', placed(match[1] ?? '', answer));
  match = of(`(where|when|how often|how|since when) ${does} (.+)`);
  if (match !== null)
    return `${agreeing(match[3] ?? '', /does/i.test(match[2] ?? ''))}${placed(match[1] ?? '', answer).startsWith(':') ? '' : ' '}${placed(match[1] ?? '', answer)}`;
  match = of(`how (?:many|much) (.+?) ${does} (.+)`);
  if (match !== null)
    return `${agreeing(match[3] ?? '', /does/i.test(match[2] ?? ''))} ${answer}${answer.toLowerCase().includes((match[1] ?? '').toLowerCase()) || (/[a-z]{3}$/i.test(answer) && /\d/.test(answer)) ? '' : ` ${match[1]}`}`;
  match = of(`how (\\w+) ${be} (.+)`);
  if (match !== null) return insertBe(match[3] ?? '', match[2] ?? 'is', answer);
  return null;
}

/** Places and times get the preposition their kind takes; a manner stands after a colon. */
function placed(word: string, answer: string): string {
  if (preposition.test(answer)) return answer;
  if (/^where$/i.test(word)) return `in ${answer}`;
  if (/^when$/i.test(word)) return /day\b/i.test(answer) ? `on ${answer}` : /^\d{1,2}[:.h]/.test(answer) ? `at ${answer}` : answer;
  return /^(?:how often|since when)$/i.test(word) ? answer : `: ${answer}`;
}

/** "code indented in this project" + is → "Code is indented in this project". */
function insertBe(rest: string, be: string, tail = ''): string {
  const tokens = tag(rest);
  let at = tokens.findIndex(
    (token, index) =>
      index > 0 &&
      (token.tag === 'VERB' || token.tag === 'ADP' || token.tag === 'ADJ' || token.tag === 'ADV') &&
      !(token.tag === 'ADJ' && tokens[index + 1]?.tag === 'NOUN') &&
      tokens.slice(0, index).some((before) => /NOUN|PROPN|PRON/.test(before.tag)),
  );
  const join = tail.startsWith(':') || tail === '' ? tail : ` ${tail}`;
  if (at < 0) at = tokens.findIndex((token, index) => index > 0 && /(?:ed|en)$/.test(token.word));
  if (at < 0) at = tokens.length;
  const left = tokens
    .slice(0, at)
    .map((token) => token.gap + token.word)
    .join('')
    .trim();
  const right = tokens
    .slice(at)
    .map((token) => token.gap + token.word)
    .join('')
    .trim();
  return `${capital(left)} ${be}${right === '' ? '' : ` ${right}`}${join}`;
}

/** The last verb, or the last word before a closing preposition: taggers take short questions' verbs for nouns. */
function lastVerb(tokens: { tag: string }[]): number {
  for (let index = tokens.length - 1; index > 0; index--) if (tokens[index]?.tag === 'VERB') return index;
  return tokens.at(-1)?.tag === 'ADP' ? tokens.length - 2 : tokens.length - 1;
}

/** "the API listen on" with `does` → "The API listens on". */
export function agreeing(rest: string, singular: boolean, asSentence = true): string {
  const tokens = tag(rest);
  const verb = singular ? lastVerb(tokens) : -1;
  const text = tokens
    .map((token, index) => token.gap + (singular && index === verb ? thirdPerson(token.word, token.lemma) : token.word))
    .join('')
    .trim();
  return asSentence ? capital(text) : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
