// What a short reply to the agent corrects: a spelling, a wording, a value the agent had wrong.
import { kindOfThing } from '../known-things.ts';
import { hardValues } from '../value.ts';

export interface Correction {
  statement: string;
  subject: string;
  attribute: string;
  value: string;
}

const wordShape = /\p{L}[\p{L}'’]*/gu;
const notThat = /^["'`“]?(\S[^,;]{0,40}?)["'`”]?,?\s+not\s+["'`“]?(\S[^,;.]{0,40}?)["'`”]?$/i;
const rejects =
  /^(?:no+|nope|nah|wrong|incorrect|that['’]?s (?:not|wrong|incorrect)|that is (?:not|wrong)|that['’]?s not|not (?:right|true|correct|quite)|(?:where|how|why) (?:did|do|does|would) (?:you|that|this)\b|since when|we don['’]t (?:use|have)|we (?:have )?never used|i said|i told you|it['’]?s not|says who)\b/i;

/** A reply that only spells the agent's word another way, or names the other value; null when it is neither. */
export function correctionIn(reply: string, agentSaid: string): Correction | null {
  const text = reply.replace(/[.!]+$/, '').trim();
  if (text.length > 120) return null;
  return respelling(text, agentSaid) ?? contrast(text) ?? otherValue(text, agentSaid);
}

/** "catalogue" after "catalog": the same word with a few letters changed. */
function respelling(reply: string, agentSaid: string): Correction | null {
  const offered = [...reply.matchAll(wordShape)].map((match) => match[0]);
  if (offered.length === 0 || offered.length > 3 || /['’]/.test(reply)) return null;
  const said = [...agentSaid.slice(0, 2_000).matchAll(/\p{Lu}?\p{Ll}+/gu)].map((match) => match[0]);
  const pairs = offered.map((right) => {
    const start = right.split(/(?<=\p{Ll})(?=\p{Lu})/u)[0] ?? right;
    return { rightStart: start, wrong: said.find((word) => isRespelling(word.toLowerCase(), start.toLowerCase())) };
  });
  for (const { rightStart, wrong } of pairs) {
    // Every word must be such a pair: "looks good" after "lookup" is no spelling.
    if (wrong === undefined || rightStart.length < 4 || pairs.some((pair) => pair.wrong === undefined)) return null;
    const variety = spellingVariety(wrong.toLowerCase(), rightStart.toLowerCase());
    const value = rightStart.toLowerCase();
    return variety === null
      ? { statement: `Write "${value}", not "${wrong.toLowerCase()}".`, subject: 'spell', attribute: wrong.toLowerCase(), value }
      : {
          statement: `Use ${variety} spelling: "${value}", not "${wrong.toLowerCase()}".`,
          subject: 'spell',
          attribute: 'varieti',
          value: variety,
        };
  }
  return null;
}

/** Same first letters, one or two letters put in, left out or exchanged, and not merely another ending of the same verb. */
function isRespelling(wrong: string, right: string): boolean {
  if (wrong === right || Math.abs(wrong.length - right.length) > 2 || wrong.slice(0, 2) !== right.slice(0, 2)) return false;
  if (
    /^(?:s|es|d|ed|ing|r|er)$/.test(
      wrong.startsWith(right) ? wrong.slice(right.length) : right.startsWith(wrong) ? right.slice(wrong.length) : '',
    )
  )
    return false;
  let start = 0;
  while (start < wrong.length && wrong[start] === right[start]) start++;
  let end = 0;
  while (end < wrong.length - start && end < right.length - start && wrong.at(-1 - end) === right.at(-1 - end)) end++;
  return wrong.length - start - end <= 2 && right.length - start - end <= 2 && start + end >= 4;
}

/** The two spellings of English differ in few regular places. */
function spellingVariety(wrong: string, right: string): 'British' | 'American' | null {
  const british = (a: string, b: string): boolean =>
    a.replace('z', 's') === b ||
    a.replace('or', 'our') === b ||
    a.replace(/er$/, 're') === b ||
    a.replace(/og$/, 'ogue') === b ||
    a.replace('am', 'amme') === b ||
    a.replace(/l(?=ed$|ing$|er$)/, 'll') === b ||
    a.replace('ens', 'enc') === b ||
    a.replace('er', 're') === b;
  if (british(wrong, right)) return 'British';
  return british(right, wrong) ? 'American' : null;
}

function contrast(reply: string): Correction | null {
  const match = notThat.exec(reply);
  if (match === null) return null;
  const [, right = '', wrong = ''] = match;
  if (
    right.split(' ').length > 4 ||
    wrong.split(' ').length > 4 ||
    /^(?:i|it|that|this|we|you|why|of course|maybe|if|please|do|is)\b/i.test(right) ||
    /^(?:now|yet|sure|really|a|the|so|that|too|only|just)\b/i.test(wrong)
  )
    return null;
  return { statement: `${right.charAt(0).toUpperCase()}${right.slice(1)}, not ${wrong}.`, subject: '', attribute: '', value: right };
}

const sentenceWithValue =
  /^(?:your|the|this|our) (\p{L}+(?: \p{L}+){0,2}) (uses|runs on|is on|is|runs|lives in|deploys to|stores \p{L}+ in|is hosted on|is written in)$/iu;

/** "No, that is wrong. Valkey." after "Your project uses Redis, so ...". */
function otherValue(reply: string, agentSaid: string): Correction | null {
  if (!rejects.test(reply)) return null;
  const right = (reply.split(/[.?!,:]\s+|\s[–—-]\s/).at(-1) ?? '')
    .replace(/^(?:it['’]?s|it is|use|we use|that['’]?s|we have)\s+/i, '')
    .trim();
  if (
    right === '' ||
    right === reply ||
    right.split(' ').length > 4 ||
    (right.split(' ').length > 2 && !/[\p{Lu}\d._/:#-]/u.test(right)) ||
    /^(?:way|idea|thanks|good|that|right|really|again|sure|wrong|yet|working|true|here|so)$/i.test(right)
  )
    return null;
  const first = agentSaid.split(/(?<=[.!?])\s+|\n/)[0] ?? '';
  const names = [...first.matchAll(/(?<=\s)\p{Lu}[\p{L}\d.+#]*(?: (?:\p{Lu}[\p{L}\d.+#]*|v?\d[\d.]*))*/gu)].map((match) => ({
    text: match[0].replace(/\.$/, ''),
    start: match.index,
  }));
  const named =
    /\b(?:because of|since you are on|you are on|uses?|using|runs? on|with|on|to|in)\s+(?!the\b|your\b|a\b|an\b|it\b|that\b|this\b)([\w.+#-]+)/i.exec(
      first,
    );
  const wrong =
    names.find(({ text }) => text !== 'I') ??
    hardValues(first)[0] ??
    (named === null
      ? undefined
      : { text: (named[1] ?? '').replace(/\.$/, ''), start: named.index + named[0].length - (named[1] ?? '').length });
  if (wrong === undefined || wrong.text.toLowerCase() === right.toLowerCase()) return null;
  const clause = sentenceWithValue.exec(first.slice(0, wrong.start).trim());
  const [thing, verb] = [clause?.[1] ?? '', clause?.[2] ?? ''];
  return clause === null
    ? { statement: `${subjectOf(right, wrong.text)} is ${right}, not ${wrong.text}.`, subject: '', attribute: '', value: right }
    : {
        statement: `The ${thing} ${verb} ${right}, not ${wrong.text}.`,
        subject: thing.toLowerCase(),
        attribute: verb.toLowerCase(),
        value: right,
      };
}

/** Of two databases the sentence is about the database. */
function subjectOf(right: string, wrong: string): string {
  const kind = kindOfThing(right);
  return kind === '' || kind !== kindOfThing(wrong) ? 'It' : `The ${kind.replace(/^(?:JavaScript|Python|JVM) /, '')}`;
}
