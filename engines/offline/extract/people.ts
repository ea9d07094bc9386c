// What a sentence of a chat between people tells about them: names cut out of the address, subjects put back, praise left out.
import type { Frame } from '../frame.ts';
import { terms } from '../words.ts';
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

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const dropped: [RegExp, string][] = [
  [/^(?:been|already been)\b/i, "I've "],
  [/^(?:gonna|going to)\b/i, "I'm "],
  [
    /^(?:just |recently |finally |also )*(?:got|went|started|finished|had|took|made|bought|saw|met|found|tried|came|moved|joined|signed|won|lost|read|watched|visited|spent|learned|decided|ended|adopted|ran|wrote|painted|baked|cooked|planted|passed|applied|attended|volunteered|picked|turned|quit|left)\b/i,
    'I ',
  ],
  [
    /^(?:can['’]t wait|can['’]t believe|hope|hoping|love|loving|miss|wish|want|wanna|plan to|planning|thinking (?:of|about)|looking forward|still |also )\b/i,
    'I ',
  ],
  [
    /^(?:researching|working|studying|learning|trying|taking|running|training|preparing|reading|writing|building|saving|practicing|volunteering|teaching|considering|enjoying|getting|looking|feeling|doing|staying|living|starting|focusing|exploring)\b/i,
    "I'm ",
  ],
];

/** "Taking risks is key": the -ing form is the subject, not what the speaker does. */
const gerundSubject =
  /^\w+ing\b[^,;–—]{0,90}?\b(?:is|isn['’]t|was|wasn['’]t|are|has|hasn['’]t|had|can|could|will|would|gives?|gave|makes?|made|lets?|helps?|helped|keeps?|takes?|took|needs?|means|gets|feels?|felt|brings?|seems?|sounds?|really|ain['’]t)\b/i;

/** "Been painting a lot" is said of oneself. */
export function withSubject(sentence: string): string {
  for (const [pattern, subject] of dropped) {
    const match = pattern.exec(sentence);
    if (match === null) continue;
    if (/ing\b/.test(match[0]) && gerundSubject.test(sentence)) return sentence;
    const rest = sentence.charAt(0).toLowerCase() + sentence.slice(1);
    return subject === 'I ' && /ing\b/.test(match[0]) ? `I'm ${rest}` : subject + rest;
  }
  return sentence;
}

const own = /\b(?:i|i['’]\w+|my|me|we|we['’]\w+|our|us|mine|myself)\b/i;
const feeling =
  /\b(?:proud of you|happy for you|glad (?:you|that you|to hear|it|u)|here for you|grateful for (?:you|your|having you)|stoked for you|excited for you|rooting for you|support you|appreciate (?:you|your|it|that)|thank(?:s| you|ful for you)|means (?:a lot|so much)|mean a lot|you['’]?(?:re| are) (?:so|such|an?|doing|really|always|the)|you (?:got|can do|rock|deserve|should be proud)|good luck|take care|talk (?:to you )?(?:soon|later)|catch (?:up|you)|see you|let me know|keep (?:me|ya|you|it up|up|going)|can['’]t wait to (?:see|hear)|let['’]s|looks? (?:great|amazing|awesome|delicious|beautiful|so)|sounds? (?:great|amazing|awesome|like|so|fun)|sorry (?:to hear|about|for)|i (?:totally |completely |100% |really )?(?:agree|understand|know|bet|see|hear you|feel you|get it)|congrat\w*|what an? \p{L}+|wish you|keep ya posted|(?:got|have) your back|fill you in|check (?:it|this|them) out|take a look|here['’]s (?:a|the|my|one)|so (?:cute|cool|pretty|sweet|awesome|lucky)$)\b/iu;

/** Words of encouragement and mood: a sentence of nothing else tells nothing about a person. */
const commonplace = new Set(
  terms(
    'make happen dream believe keep going work tough hard positive amazing awesome great good best better journey thing things stuff time way day lot bit ' +
      'love life feel feeling happy glad excited thrilled pumped determined focused motivated motivation give quit stop push forward strong strength power ' +
      'know think see look hope want need try come take get learn grow move help share chance step success important key worth rewarding fun cool nice ' +
      'together always never really totally everything anything something someone everyone people others world moment moments memories change challenge ' +
      'positive energy inspired inspiring inspire encouraging support supportive care special wonderful beautiful incredible grateful thankful blessed lucky ' +
      'cannot wait true right sure big little new old long end start begin bring find reach put set talk say tell hear ride road goal goals passion hang rest',
  ),
);

function informative(sentence: string): number {
  return new Set(terms(sentence).filter((term) => !commonplace.has(term))).size;
}

/** null: nothing to keep. */
export function judgePerson(sentence: string, frame: Frame): Verdict | null {
  if (frame.question || frame.hypothetical || smallTalk.test(sentence) || joke.test(sentence)) return null;
  if (frame.imperative && !frame.rule) return null;
  const content = terms(sentence).length;
  const anchored = isAnchored(sentence, frame);
  const self = own.test(sentence);
  if (content < 3 || (!self && !anchored && !habit.test(sentence))) return null;
  if (!self && content < 4) return null;
  if (feeling.test(sentence) && !(anchored && content >= 7) && !(self && isPast(sentence) && content >= 8)) return null;
  if (/^(?:you|your|you['’]\w+)\b/i.test(sentence)) return null;
  if (!anchored && informative(sentence) < 1) return null;
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

/** A sentence whose subject stands in the one before it. */
export function leansBack(sentence: string): boolean {
  return pronoun.test(sentence);
}

export function speaksOfSelf(sentence: string): boolean {
  return own.test(sentence);
}
