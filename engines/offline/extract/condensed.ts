// Says a sentence of a talk in fewer words: without comments on what was told, words of degree and adverbs of attitude.
import { hardValues } from '../value.ts';
import { telling } from '../telling.ts';
import { tag } from './language.ts';

/** Between a statement and what is added to it: a dash, a semicolon, a comma, or "and it". */
const joint =
  /\s+[-–—]+\s*|[-–—]+\s+|—|;\s+|,\s+|\s+(?=(?:and|but) (?:it|that|this)(?:['’]s|\s+(?:is|was|has|had|felt|feels|made|makes))\b)/gu;
/** A clause after a comma that can only be a comment; a noun there may belong to a list. */
const clauseOpening =
  /^(?:(?:and|but|so) )?(?:which|it|it['’]s|that|that['’]s|this|i am|i['’]m|we['’]re|i was|can['’]t wait|so|such|pretty|very|really|super|kinda|totally|truly)\b/iu;
/** What limits or turns round the statement before it belongs to it. */
const limiting =
  /\b(?:not|no|never|none|nothing|nobody|without|hardly|barely|if|unless|except|until|though|although|because|since|when|after|before|only|instead)\b|n['’]t\b/iu;
const wish = /^can['’]t wait\b/iu;

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Says what somebody else does, however warmly. */
const ofOthers = /^(?:and |but |so )?(?:they|he|she) (?!(?:is|are|was|were)\b)\p{L}/iu;

function isComment(piece: string): boolean {
  return (
    !ofOthers.test(piece) && telling(piece).length === 0 && hardValues(piece).length === 0 && (wish.test(piece) || !limiting.test(piece))
  );
}

/** "I ran a race - it was really rewarding": without what only praises it. */
export function withoutComments(sentence: string): string {
  const cuts = [...sentence.matchAll(joint)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    mark: match[0].trim(),
  }));
  let end = sentence.length;
  for (const { start, end: after, mark } of cuts.reverse()) {
    const piece = sentence.slice(after, end);
    if (!isComment(piece) || ((mark === ',' || mark === '') && !clauseOpening.test(piece))) break;
    if (telling(sentence.slice(0, start)).length === 0) break;
    end = start;
  }
  return sentence.slice(0, end);
}

/** "It was tough, but I passed": how it was felt before what happened. */
const own = "(?=(?:i|we|my|our|i['’]\\w+|we['’]\\w+)\\s\\S+ \\S)";
const leads = [
  new RegExp(`^(?:it|it['’]s|that|that['’]s|this|been)\\b[^,;–—]{0,60}?,?\\s+(?:but|and|so),?\\s+${own}`, 'iu'),
  new RegExp(`^[^,;–—-]{1,40}?\\s*[-–—]+\\s+${own}`, 'iu'),
];

/** Without a comment that comes before the statement. */
function withoutLeadingComment(sentence: string): string {
  for (const lead of leads) {
    const comment = lead.exec(sentence)?.[0];
    if (comment === undefined || !isComment(comment.replace(/(?:but|and|so),?\s*$/i, ''))) continue;
    const rest = sentence.slice(comment.length);
    if (telling(rest).length > 0) return sentenceCase(rest);
  }
  return sentence;
}

/** Words of degree change how much is felt, not what is said; after a negation they do: "not really". */
const degree =
  /(?<!\b(?:not|never|no|how|as)\s|n['’]t\s)\b(?:really|truly|definitely|totally|completely|absolutely|actually|literally|honestly|basically|super|kinda|kind of|sort of|extremely|incredibly|certainly|surely|simply|seriously)\s+(?=\p{L})/giu;
const beforeAdjective = /(?<!\b(?:not|never|no|how|as)\s|n['’]t\s)\b(?:so|very|pretty|quite|such) /iu;
/** Adverbs of attitude at the head; those that date a statement or make it less sure stay. */
const attitude =
  /^(?!(?:recently|lately|currently|usually|normally|typically|generally|previously|formerly|originally|initially|finally|eventually|early|weekly|daily|monthly|yearly|only|family|mostly|ultimately|immediately|rarely|hardly|barely|scarcely|supposedly|allegedly|hopefully|possibly|probably|presumably|apparently|nearly|partly|sadly not)\b)(?:\p{L}+ly|plus|besides|overall|of course|in fact|to be honest|that being said|that said|all in all|after all|either way|anyway|anyhow|as always|on top of that),\s+(?=\S+ \S)/iu;

/** The sentence without words of degree and attitude. */
export function withoutDegree(sentence: string): string {
  let text = sentence.replace(attitude, '').replace(degree, '');
  if (beforeAdjective.test(text)) text = withoutIntensifiers(text);
  text = text.trim();
  return sentenceCase(text);
}

/** "So tired" without "so"; "so that", "so many" and "so tired that" keep theirs. */
function withoutIntensifiers(sentence: string): string {
  const tokens = tag(sentence);
  return tokens
    .map(({ word, gap }, index) => {
      const next = tokens[index + 1];
      const before = tokens[index - 1]?.word.toLowerCase() ?? '';
      const intensifies =
        /^(?:so|very|pretty|quite)$/i.test(word) &&
        next !== undefined &&
        (next.tag === 'ADJ' || next.tag === 'ADV') &&
        !/^(?:much|many|few|little|far|long|that|as|soon)$/i.test(next.word) &&
        !/^(?:not|n['’]t|never|no|how|as|and)$|n['’]t$/i.test(before) &&
        !(word.toLowerCase() === 'so' && tokens.slice(index + 2, index + 6).some((token) => token.word.toLowerCase() === 'that'));
      return intensifies ? '' : gap + word;
    })
    .join('');
}

/** "Since we last talked": dates nothing for who was not there. */
const lastTime =
  /,?\s*\bsince (?:(?:we|you and i)(?:['’]ve)? (?:last )?(?:talked|spoke|chatted|met|caught up)|(?:our|my|the) last (?:chat|talk|conversation|catch-?up|call))(?: last)?\b/giu;

export function condensed(said: string): string {
  const sentence = sentenceCase(said.replace(lastTime, '').replace(/^[\s,–—-]+/, ''));
  return withoutDegree(withoutLeadingComment(withoutComments(sentence)));
}
