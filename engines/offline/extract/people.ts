// What a sentence of a chat between people tells about them: names cut out of the address, subjects put back, praise left out.
import type { Frame } from '../frame.ts';
import { terms } from '../words.ts';
import { tag } from './language.ts';
import { telling } from '../telling.ts';
import { habit, isAnchored, isPast, joke, preferring, smallTalk, standingSelf } from './judge.ts';
import type { Verdict } from './judge.ts';

const exclamation =
  /^(?:(?:wow|oh|aw+|yeah|yep|yup|yes|no|hey|hi|hello|thanks|thank you|thx|haha|lol|omg|ah|great|awesome|cool|nice|sweet|amazing|congrats|congratulations|sounds? (?:good|great|fun)|totally|absolutely|definitely|exactly|sure|right|well|so|ok|okay|sorry|wonderful|that['’]?s (?:so )?(?:great|awesome|cool|amazing|nice|sweet|right|true)|i(?:['’]m)? (?:totally |completely |so )?agree|no problem|good (?:to (?:hear|see)|for) (?:from )?you)\b[^,.!?]{0,24}[,.!–—-]+\s*)+/i;

/** The sentence without interjections and without the other person's name called out. */
export function withoutAddress(sentence: string, names: string[], speaker: string | null): string {
  const others = names.filter((name) => name !== speaker);
  let text = sentence;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(exclamation, '');
    for (const name of others) {
      const short = name.split(' ')[0] ?? name;
      const called = `(?:${escape(name)}|${escape(short)}|${escape(short.slice(0, 3))}\\w{0,3})`;
      text = text
        .replace(new RegExp(`^(?:(?:hey|hi|yeah|yep|yes|well|so|thanks|thank you|wow|oh|woah|bye),? )?${called}\\s*[,!–—-]+\\s*`), '')
        .replace(new RegExp(`,\\s*${called}(?=\\s*[,.!?]|$)`, 'g'), '');
    }
    text = text.trim();
  }
  return text.charAt(0) === sentence.charAt(0) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** "It's great that you found it": what the listener told before. */
const ofListener = /^(?:it|that)(?:['’]s| is| was)\b[^,]{0,24}\b(?:that|how|to (?:see|hear|know))(?: that| how)? you(?:r|['’]\w+)?\b/iu;

export function isOfListener(sentence: string): boolean {
  return ofListener.test(sentence) && !own.test(sentence);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const dropped: [RegExp, string][] = [
  [/^(?:been|already been)\b/i, "I've "],
  [/^(?:gonna|going to)\b/i, "I'm "],
  [
    /^(?:just |recently |finally |also |even |already )*(?:got|went|started|finished|had|took|made|bought|saw|met|found|tried|came|moved|joined|signed|won|lost|read|watched|visited|spent|learned|decided|ended|adopted|ran|wrote|painted|baked|cooked|planted|passed|applied|attended|volunteered|picked|turned|quit|left)\b(?! (?:by|of|from)\b)/i,
    'I ',
  ],
  [/^(?:also |still |just |currently )*(?:can['’]t wait|can['’]t believe|hope|love|miss|wish|want|wanna|plan to)\b/i, 'I '],
  [
    /^(?:also |still |just |currently )*(?:hoping|loving|planning|thinking (?:of|about)|looking forward|researching|working|studying|learning|trying|taking|running|training|preparing|reading|writing|building|saving|practicing|volunteering|teaching|considering|enjoying|getting|looking|feeling|doing|staying|living|starting|focusing|exploring|searching|following|planning)\b/i,
    "I'm ",
  ],
];

/** "Taking risks is key", "finding one's a tough job": the -ing form is the subject, not what the speaker does. */
const gerundSubject =
  /^(?:\p{L}+ )?\w+ing\b(?:[^,;–—]{0,90}?\b(?:is|isn['’]t|was|wasn['’]t|are|has|hasn['’]t|had|can|could|will|would|gives?|gave|makes?|made|lets?|helps?|helped|keeps?|takes?|took|needs?|means|gets|feels?|felt|brings?|seems?|sounds?|really|ain['’]t)\b|[^,;–—]{0,90}?\p{L}['’]s (?:an?|the|been|so|not|hard|tough|great)\b)/iu;
/** "Taking your advice, I changed it": beside the sentence's own subject. */
const beside = /^(?:\p{L}+ )?\w+ing\b[^.]{0,120}?,\s*(?:i|we|i['’]\w+|we['’]\w+)\b/iu;
/** "Love and acceptance matter": a noun. */
const nounAlone =
  /^(?:love|hope|wish|miss|plan|read)(?: and| or)? (?:\p{L}+ )?(?:is|are|was|were|has|have|can|should|will|must|makes?|gives?|matters?)\b/iu;
/** "Been a long road", "gonna be a great night": said of what was talked about. */
const ofTheMatter = /^(?:(?:been|already been)|(?:gonna|going to) be) (?:an?|the|such|quite an?|so much|some|one)\b/i;
/** "Really reminds me of home": said of what stands before it. */
const verbFirst =
  /^(?:(?:also|always|just|even|still|\p{L}+ly) )*(?:\p{L}{3,}(?<![su])s|\p{L}{3,}ed|made|gave|kept|brought|taught|meant|got|took|left|let) (?:me|us)\b/iu;

/** "Been painting a lot" is said of oneself. */
export function withSubject(sentence: string): string {
  const lowered = sentence.charAt(0).toLowerCase() + sentence.slice(1);
  if (verbFirst.test(sentence)) return `It ${lowered}`;
  if (ofTheMatter.test(sentence)) return `${/^(?:already )?been/i.test(sentence) ? "It's" : 'It is'} ${lowered}`;
  for (const [pattern, subject] of dropped) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    if (nounAlone.test(sentence) || (/ing\b/.test(match[0]) && (gerundSubject.test(sentence) || beside.test(sentence)))) return sentence;
    return subject + lowered;
  }
  return sentence;
}

/** Thanks, greetings and praise only: what follows still answers the message before. */
export function isPleasantry(sentence: string, names: string[], speaker: string | null): boolean {
  const rest = withoutAddress(sentence, names, speaker);
  return /^[^?]*$/.test(rest) && telling(rest).length === 0;
}

/** "Oboe and lute": no clause of its own, so it takes its verb from the question. */
export function isBareAnswer(sentence: string): boolean {
  if (/^(?:i|we|you|he|she|they|it|this|that|there|these|those)\b/i.test(sentence) || sentence.split(/\s+/).length > 12) return false;
  // "Guitar's mostly my thing" has its verb in the noun.
  if (/\p{L}['’](?:s|re)\s+(?:\p{L}+ly\s+)?(?:my|our|an?|the|been|so|not|all)\b/iu.test(sentence)) return false;
  const tokens = tag(sentence);
  return !tokens.some(
    ({ tag: part, word }, index) =>
      (part === 'VERB' || part === 'AUX') &&
      !/(?:ing|ed)$/i.test(word) &&
      tokens[index - 1]?.word.toLowerCase() !== 'to' &&
      tokens.slice(0, index).some((before) => /^(?:NOUN|PROPN|PRON)$/.test(before.tag)),
  );
}

const own = /\b(?:i|i['’]\w+|my|me|we|we['’]\w+|our|us|mine|myself)\b/i;
const feeling =
  /\b(?:proud of you|happy for you|glad (?:you|that you|to hear|it|u)|here for you|grateful for (?:you|your|having you)|stoked for you|excited for you|rooting for you|support you|appreciate (?:you|your|it|that)|thank(?:s| you|ful for you)|means (?:a lot|so much)|mean a lot|you['’]?(?:re| are) (?:so|such|an?|doing|really|always|the)|you (?:got|can do|rock|deserve|should be proud)|good luck|take care|talk (?:to you )?(?:soon|later)|catch (?:up|you)|see you|let me know|keep (?:me|ya|you|it up|up|going)|can['’]t wait to (?:see|hear)|let['’]s|looks? (?:great|amazing|awesome|delicious|beautiful|so)|sounds? (?:great|amazing|awesome|like|so|fun)|sorry (?:to hear|about|for)|i (?:totally |completely |100% |really )?(?:agree|understand|know|bet|see|hear you|feel you|get it)|congrat\w*|what an? \p{L}+|wish you|keep ya posted|(?:got|have) your back|fill you in|check (?:it|this|them) out|take a look|here['’]s (?:a|the|my|one)|so (?:cute|cool|pretty|sweet|awesome|lucky)$)\b/iu;

/** "Love that colour!": praise of what the other showed, without a subject. */
const reaction = /^I (?:love|like|loved) (?:the|that|this|these|those|your|how you)\b[^.]{0,60}$/u;
/** "Feels like yesterday": no day is meant. */
const figurative = /\b(?:like|as if)(?: it (?:was|were))?(?: only| just)? (?:yesterday|ages|forever)\b/i;

/** null: nothing to keep. */
export function judgePerson(sentence: string, frame: Frame): Verdict | null {
  if (frame.question || frame.hypothetical || smallTalk.test(sentence) || joke.test(sentence)) return null;
  if (frame.imperative && !frame.rule) return null;
  const content = terms(sentence).length;
  const anchored = isAnchored(sentence, frame);
  const self = own.test(sentence);
  if (content < 3 || (!self && !anchored && !habit.test(sentence))) return null;
  if (!self && content < 4) return null;
  if (reaction.test(sentence) || isOfListener(sentence) || figurative.test(sentence)) return null;
  if (feeling.test(sentence) && !(anchored && content >= 7) && !(self && isPast(sentence) && content >= 8)) return null;
  if (/^(?:you|your|you['’]\w+)\b/i.test(sentence)) return null;
  if (!anchored && telling(sentence).length < 1) return null;
  if (
    /\byou(?:['’]\w+|r|rs|rself)?\b/i.test(sentence) &&
    !/\b(?:i|we) (?:\w+ )?(?:\w+ed|went|got|had|have|am|was)\b/i.test(sentence) &&
    content < 8
  )
    return null;
  if (frame.revokes && !isPast(sentence)) return { durability: 'current', force: 'revoked' };
  if (frame.temporary) return { durability: 'momentary', force: 'asserted' };
  if (preferring.test(sentence)) return { durability: 'standing', force: 'asserted' };
  if (isPast(sentence)) return { durability: 'episode', force: 'asserted' };
  return { durability: standingSelf.test(sentence) || habit.test(sentence) ? 'standing' : 'current', force: 'asserted' };
}

const pronoun =
  /^(?:it|its|it['’]s|that['’]s|they|they['’]re|they['’]ve|their|he|he['’]s|his|she|she['’]s|her|him|them|there|then|which)\b|^(?:this|that|these|those)\s+(?:is|was|are|were|has|have|had|will|would|can|made|really|just|makes|one|all)\b/i;

/** "It took a while to settle in", "it's hard since I moved": the real subject follows, nothing stands before. */
const expletive =
  /^it(?:(?:['’]s|['’]ll be| is| was| will be)(?: been)?|['’]s| has been| had been| feels| felt| takes| took)\b(?!(?: been)? (?:an?|the|my|our|your|his|her|their|like|one|in|all|for|from|about|on|of|at|made|given|got|gotten|brought|taught|kept|\p{L}+ed (?:me|us|my|our))\b)[^.]{0,50}?\b(?:to \p{L}|that (?:i|we|my)|how|since|when|but (?:i|we|i['’]\w+|we['’]\w+)|(?<!\b(?:by|for|of|with|to|from) )(?:i|we))\b/iu;

/** "Seeing her wobble": of whom, stands before. */
const seen = /^\w+ing (?:him|her|them|it|his|hers|their)\b/i;

/** A sentence whose subject stands in the one before it. */
export function leansBack(sentence: string): boolean {
  return pronoun.test(sentence) || seen.test(sentence);
}

/** Begins like one that leans back, and can do without. */
export function isExpletive(sentence: string): boolean {
  return expletive.test(sentence.replace(/,/g, '')) && telling(sentence).length >= fewestOfExpletive;
}

/** Most say how something felt; with this many telling words also what. */
const fewestOfExpletive = 3;

export function speaksOfSelf(sentence: string): boolean {
  return own.test(sentence);
}
