// What a dream's instructions ask for: topics to look for first, topics to leave out. They steer; they never switch off a guard.
import { areasOf } from './topic.ts';
import type { Area } from './topic.ts';
import { concept } from './concepts.ts';
import { thingsIn } from './known-things.ts';
import { terms } from './words.ts';

export interface Topic {
  /** As the instructions name it. */
  said: string;
  terms: string[];
  area: Area | null;
  /** What the instructions list behind it, "(lunch, rooms, keys)" or "such as ...": each alone may be an everyday word. */
  examples: string[];
}

export interface Steering {
  raised: Topic[];
  dropped: Topic[];
}

export const noSteering: Steering = { raised: [], dropped: [] };

const drops =
  /\b(?:leave out|leave (?:.{1,40}) out|ignore|ignoring|skip|exclude|excluding|omit|drop|discard|forget|without|except(?: for)?|nothing (?:about|on|regarding)|not (?:interested in|care about|about)|don['’]?t (?:store|keep|save|remember|record|include|want|need|care|bother|write)|do not (?:store|keep|save|remember|record|include|want|need|care|bother|write)|no(?: notes| facts| memories| entries| info| information)? (?:about|on|regarding)|not (?:be )?(?:stored|kept|saved|remembered|recorded|included|needed|wanted|relevant)|(?:is|are) (?:irrelevant|unimportant|off limits|out of scope|of no interest|not (?:of )?interest)|stay(?:s)? out|keep (?:.{1,40}) out|(?:can|may|should) (?:all )?(?:go|vanish|disappear)|never (?:store|keep|save|remember|record|include)|avoid)\b/i;
const raises =
  /\b(?:focus(?:ing)?(?: on)?|prioriti[sz]e|priority|concentrate on|emphasi[sz]e|emphasis on|pay (?:special |particular |close )?attention to|look for|look out for|care (?:most )?about|interested in|matters? most|(?:is|are|comes?|go(?:es)?) (?:first|most important|key|important|essential)|most important|first|above all|mainly|mostly|especially|particularly|primarily|keep|collect|want|capture|remember|watch for|important)\b/i;
/** Words of the request itself, not of a topic. */
const framing = new Set(
  terms(
    'focus prioritise prioritize priority concentrate emphasise emphasis attention look care interested matter matters most important first above mainly mostly especially particularly primarily keep collect capture remember watch leave ignore skip exclude omit drop discard forget except nothing anything everything something stored store saved save kept recorded record included include needed wanted relevant irrelevant unimportant scope interest stay avoid notes note facts fact memories memory entries entry info information details detail business regarding related relating concerning topics topic things thing stuff must should may please consolidate dream session sessions transcript transcripts only here special close rest other others kind sort part belongs belong comes goes key essential write want need bother limits put eye can go',
  ),
);

/** Reads instructions clause by clause; what has no verb of its own goes on with what the words before it asked, else those after it. */
export function parseInstructions(instructions: string | null): Steering {
  if (instructions === null) return noSteering;
  const steering: Steering = { raised: [], dropped: [] };
  for (const whole of instructions.split(/(?<=[.!?])\s+|[\n;]+/)) {
    const { sentence, lists } = withoutLists(joined(whole));
    let asked: keyof Steering | null = null;
    for (const clause of sentence.split(/,\s*|:\s+|\s+[–—-]+\s+|\b(?:but|while|whereas|however)\b/)) {
      const parts = clause.split(/\b(?:and|or|nor|plus|as well as)\b|[&/]/).map((text) => ({ text, asks: askedIn(text) }));
      // "dates and people must not be stored": the verb comes last.
      let current: keyof Steering | null = parts[0]?.asks ?? asked ?? parts.find((part) => part.asks !== null)?.asks ?? null;
      for (const part of parts) {
        current = part.asks ?? current;
        const topic: Topic | null = current === null ? null : topicIn(part.text, lists);
        if (current !== null && topic !== null) steering[current].push(topic);
      }
      asked = current;
    }
  }
  return steering;
}

/** "Keep A, B and C out of it": the verb's other half comes last, behind commas that would cut it off. */
function joined(sentence: string): string {
  return sentence.replace(
    /\b(?:keep|leave|cut|take) ((?:(?! out\b| (?:keep|leave|cut|take)\b)[^.!?;]){1,300}?) (?:out|aside|away)(?: of (?:it|this|that|there|here|the \p{L}+|memory|my notes))?(?=\s*(?:[.!?;,]|$|but\b|and\b))/giu,
    'leave out $1',
  );
}

function askedIn(text: string): keyof Steering | null {
  return drops.test(text) ? 'dropped' : raises.test(text) ? 'raised' : null;
}

/** Lists of examples stand for themselves, so that their commas cut nothing: each becomes a mark behind its topic. */
function withoutLists(whole: string): { sentence: string; lists: string[] } {
  const lists: string[] = [];
  const keep = (_: string, list: string): string => `\ue000${lists.push(list.trim().replace(/[.!?]+$/, '')) - 1}\ue000`;
  const sentence = whole
    .replace(/\s*\(([^()]{1,300})\)/g, keep)
    .replace(
      /,?\s+(?:such as|including|for example|for instance|e\.g\.|i\.e\.|like)(?=\s+[\p{L}-]+(?: [\p{L}-]+){0,2}(?:,| and\b| or\b|[.!?]?$))\s+((?:[^,.;:()]|,(?! (?:but|while|and (?:keep|store|focus)))){1,300}?)(?=[.!?]?$|;|:|, but\b)/gu,
      keep,
    );
  return { sentence, lists };
}

/** Of "on-call" the half that carries meaning says something else alone: it is taken as it stands, never for its family. */
function compoundsIn(text: string): string[] {
  return [...text.matchAll(/\p{L}+(?:-\p{L}+)+/gu)].flatMap(([compound]) =>
    terms(compound).length < compound.split('-').length ? terms(compound) : [],
  );
}

const mark = /\ue000(\d+)\ue000/g;

function topicIn(part: string, lists: readonly string[]): Topic | null {
  const named = [...part.matchAll(mark)].map((match) => lists[Number(match[1])] ?? '').filter((list) => list !== '');
  const text = part.replace(mark, ' ');
  const half = new Set(compoundsIn(text));
  const words = terms(text).filter((term) => !framing.has(term));
  const examples = [...new Set(named.flatMap((list) => terms(list)))].filter((term) => !framing.has(term)).map(concept);
  if (words.length === 0 && examples.length === 0) return null;
  const [best] = areasOf([...words]);
  const said = text
    .split(/\s+/)
    .filter((word) => terms(word).some((term) => !framing.has(term)))
    .join(' ')
    .replace(/^\W+|\W+$/g, '');
  const listed = named.length === 0 ? said : `${said} (${named.join('; ')})`.trim();
  // "The office building" is no building of software.
  const area = best !== undefined && best.weight >= 2 && !isOfPremises(words.map(concept)) ? best.area : null;
  return { said: listed, terms: words.map((term) => (half.has(term) ? term : concept(term))), area, examples };
}

/** Whether a statement is about the topic: by the topic's own words, or because both belong first of all to one area. */
export function concerns(topic: Topic, words: readonly string[]): boolean {
  const own = words.map(concept);
  if (topic.terms.length > 0 && topic.terms.every((term) => own.includes(term) || words.includes(term))) return true;
  if (topic.examples.length > 0) return isExample(topic, own);
  if (topic.area === null) return false;
  const ranked = areasOf(words);
  const [best] = ranked;
  return best !== undefined && ranked.some(({ area, weight }) => area === topic.area && weight === best.weight && weight >= 2);
}

/** What belongs to a building, not to software: two such words beside each other tell an everyday "move" or "key" from a technical one. */
const premises = new Set(
  terms(
    'office lunch dinner breakfast canteen kitchen coffee room desk chair monitor floor building door badge parking garage bike cellar yard entrance elevator printer locker key furniture mail front reception cleaning heating',
  ).map(concept),
);
const technical = new Set(['Testing', 'Security and access', 'Deployment', 'Data and services', 'Build and tooling', 'Code style']);

/** By two words of the list or of its field, or by one that the line begins with when nothing technical is said. */
function isExample(topic: Topic, own: readonly string[]): boolean {
  const listed = new Set([...topic.examples, ...topic.terms]);
  const ofPremises = topic.examples.filter((term) => premises.has(term)).length >= 2;
  const parts = [
    ...new Set(own.flatMap((word) => [word, ...(/^#/.test(word) ? terms(word.split(/[^\p{L}]+/u).join(' ')).map(concept) : [])])),
  ];
  const hits = parts.filter((word) => listed.has(word));
  const near = ofPremises ? parts.filter((word) => premises.has(word) && !listed.has(word)) : [];
  if (isTechnical(own)) return hits.length >= 3;
  return (hits.length + near.length >= 2 && (hits.length > 0 || near.length >= 2)) || listed.has(own[0] ?? '');
}

function isTechnical(own: readonly string[]): boolean {
  return (
    thingsIn([...own]).length > 0 ||
    areasOf(own).some(({ area, weight }) => technical.has(area.heading) && weight >= 3) ||
    own.some((word) => /^[^#].*[_/\\]|\.\p{L}/u.test(word))
  );
}

function isOfPremises(named: readonly string[]): boolean {
  return named.length >= 2 && named.every((term) => premises.has(term));
}

/** "Shift swaps" are swaps: where nothing technical is said, the last word of a name of several is enough. */
function namesHead({ terms: named }: Topic, words: readonly string[]): boolean {
  const own = words.map(concept);
  const head = named.at(-1);
  if (named.length < 2 || head === undefined || isTechnical(own)) return false;
  return own.includes(head) || (isOfPremises(named) && own.some((term) => premises.has(term)));
}

export function isDropped(steering: Steering, words: readonly string[]): Topic | null {
  return steering.dropped.find((topic) => concerns(topic, words) || namesHead(topic, words)) ?? null;
}

export function isRaised(steering: Steering, words: readonly string[]): boolean {
  return steering.raised.some((topic) => concerns(topic, words));
}
