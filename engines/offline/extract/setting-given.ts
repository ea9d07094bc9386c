// Sentences whose whole point is the value of something: "test command: x", "the report timeout is 30 seconds", "all of it logs through pino".
import { concept } from '../concepts.ts';
import type { Frame } from '../frame.ts';
import { kindOfThing } from '../known-things.ts';
import { coreOf } from '../reconcile/core-value.ts';
import { properties } from '../reconcile/slot-words.ts';
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';

const longestInWords = 14;
const labelled =
  /^(?:the |our |my |new )*([\p{L}][\p{L}\d /_.-]{1,50}?)(?:\s*[:=]\s+|\s(?:is|are)\s+(?:now |currently |named |called )*)(\S.{0,60})$/iu;
/** Words that tell how something fares or what is to be done: no value of a property. */
const noValue =
  /^(?:not?|too|so|very|still|again|almost|already|done|ready|fine|ok|okay|good|great|bad|slow|fast|broken|wrong|right|missing|late|down|up|back|gone|here|there|next|green|red|working|failing|empty|full|odd|weird|the|this|that|these|those|it|what|where|how|why|a|an|in|on|at|under|all|some|\p{L}+ing|\p{L}+ed)\b/iu;
const taskLabel =
  /\b(?:error|warning|todo|task|step|bug|question|problem|issue|idea|next|goal|plan|output|result|example|ticket|first|second|then)\b/iu;

/** A property of something and its value, both named. */
export function givesSetting(sentence: string, frame: Frame): boolean {
  if (frame.value === null || frame.question || frame.hypothetical || sentence.split(/\s+/).length > longestInWords) return false;
  const match = labelled.exec(sentence.replace(/[.!]+$/, ''));
  if (match === null) return false;
  const [, name = '', value = ''] = match;
  const said = terms(sentence.slice(0, sentence.lastIndexOf(value)));
  return !noValue.test(value) && !taskLabel.test(name) && said.length <= 6 && said.some((term) => properties.has(concept(term)));
}

/** The value is a well-known product: there is little else that a sentence of this form could say of it. */
export function namesThing(frame: Frame): boolean {
  return frame.value !== null && kindOfThing(coreOf(frame.value).text) !== '';
}

const valueNext = /^[^,;:]{2,60}?(?::\s+|\s(?:is|are)\s+(?:now |back |back to |set to |at |on |after all )*)/i;

/** "The retry timeout is 30 seconds" tells no failure, whatever its subject is called. */
export function tellsFigure(sentence: string, frame: Frame): boolean {
  const start = valueNext.exec(sentence)?.[0].length;
  if (start === undefined || frame.value === null) return false;
  const rest = sentence.slice(start);
  const [first] = hardValues(rest);
  return first !== undefined && first.start === 0 && terms(rest.slice(first.end)).length <= 3;
}
