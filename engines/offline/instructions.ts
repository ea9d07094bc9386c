// What a dream's instructions ask for: topics to look for first, topics to leave out. They steer; they never switch off a guard.
import { areasOf } from './topic.ts';
import type { Area } from './topic.ts';
import { concept } from './concepts.ts';
import { terms } from './words.ts';

export interface Topic {
  /** As the instructions name it. */
  said: string;
  terms: string[];
  area: Area | null;
}

export interface Steering {
  raised: Topic[];
  dropped: Topic[];
}

export const noSteering: Steering = { raised: [], dropped: [] };

const drops = /\b(?:leave out|leave (?:.{1,40}) out|ignore|ignoring|skip|exclude|excluding|omit|drop|discard|forget|without|except(?: for)?|nothing (?:about|on|regarding)|not (?:interested in|care about|about)|don['’]?t (?:store|keep|save|remember|record|include|want|need|care|bother|write)|do not (?:store|keep|save|remember|record|include|want|need|care|bother|write)|no(?: notes| facts| memories| entries| info| information)? (?:about|on|regarding)|not (?:be )?(?:stored|kept|saved|remembered|recorded|included|needed|wanted|relevant)|(?:is|are) (?:irrelevant|unimportant|off limits|out of scope|of no interest|not (?:of )?interest)|stay(?:s)? out|keep (?:.{1,40}) out|never (?:store|keep|save|remember|record|include)|avoid)\b/i;
const raises = /\b(?:focus(?:ing)?(?: on)?|prioriti[sz]e|priority|concentrate on|emphasi[sz]e|emphasis on|pay (?:special |particular |close )?attention to|look for|look out for|care (?:most )?about|interested in|matters? most|(?:is|are|comes?|go(?:es)?) (?:first|most important|key|important|essential)|most important|first|above all|mainly|mostly|especially|particularly|primarily|keep|collect|want|capture|remember|watch for|important)\b/i;
/** Words of the request itself, not of a topic. */
const framing = new Set(terms('focus prioritise prioritize priority concentrate emphasise emphasis attention look care interested matter matters most important first above mainly mostly especially particularly primarily keep collect capture remember watch leave ignore skip exclude omit drop discard forget except nothing anything everything something stored store saved save kept recorded record included include needed wanted relevant irrelevant unimportant scope interest stay avoid notes note facts fact memories memory entries entry info information details detail business regarding related relating concerning topics topic things thing stuff must should may please consolidate dream session sessions transcript transcripts only here special close rest other others kind sort part belongs belong comes goes key essential write want need bother limits'));

/** Reads instructions clause by clause; a clause without a verb of its own goes on with what the one before it asked. */
export function parseInstructions(instructions: string | null): Steering {
  if (instructions === null) return noSteering;
  const raised: Topic[] = [];
  const dropped: Topic[] = [];
  for (const sentence of instructions.split(/(?<=[.!?])\s+|[\n;]+/)) {
    let list: Topic[] | null = null;
    for (const clause of sentence.split(/,\s*|:\s+|\s+[–—-]+\s+|\b(?:but|while|whereas|however)\b/)) {
      const next: Topic[] | null = drops.test(clause) ? dropped : raises.test(clause) ? raised : list;
      if (next === null) continue;
      list = next;
      for (const part of clause.split(/\b(?:and|or|nor|plus|as well as)\b|[&/]/)) {
        const topic = topicIn(part);
        if (topic !== null) next.push(topic);
      }
    }
  }
  return { raised, dropped };
}

function topicIn(text: string): Topic | null {
  const words = terms(text).filter((term) => !framing.has(term));
  if (words.length === 0) return null;
  const [best] = areasOf(words);
  return { said: text.trim(), terms: words.map(concept), area: best !== undefined && best.weight >= 2 ? best.area : null };
}

/** Whether a statement is about the topic: by the topic's own words, or because both belong first of all to one area. */
export function concerns(topic: Topic, words: readonly string[]): boolean {
  const own = words.map(concept);
  if (topic.terms.length > 0 && topic.terms.every((term) => own.includes(term))) return true;
  if (topic.area === null) return false;
  const ranked = areasOf(words);
  const [best] = ranked;
  return best !== undefined && ranked.some(({ area, weight }) => area === topic.area && weight === best.weight && weight >= 2);
}

export function isDropped(steering: Steering, words: readonly string[]): Topic | null {
  return steering.dropped.find((topic) => concerns(topic, words)) ?? null;
}

export function isRaised(steering: Steering, words: readonly string[]): boolean {
  return steering.raised.some((topic) => concerns(topic, words));
}
