// Completes what leans on the conversation: a pronoun gets the subject of the sentence before, a bare value the property that the agent named.
import { hardValues } from '../value.ts';

const pronoun = /^(?:they|it|these|those)(?=\s+(?!['’])(?:\p{L}+ly |now |also |only |always |never |still |all )?\p{L})/iu;
const subjectShape =
  /^((?:(?:the|our|my|your|their|all|every|each) )?[\p{L}\d_`./#-]+(?: (?!(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|must|may|might|come|comes|go|goes|get|gets|run|runs|use|uses|need|needs|live|lives|sit|sits|work|works|fail|fails|keep|keeps|hang|hangs|take|takes|send|sends|moved?|went|changed?|not|now|never|always|just|also|only|still)\b)[\p{L}\d_`./#-]+){0,3}) (?:(?:now|also|only|still|always|never|just) )?(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|must|come|comes|go|goes|get|gets|run|runs|use|uses|need|needs|live|lives|sit|sits|work|works|fail|fails|keep|keeps|take|takes|send|sends|move|moved|went|changed)\b/iu;
const noSubject =
  /^(?:i|we|you|he|she|it|they|this|that|these|those|there|here|what|who|which|why|how|when|where|if|no|not|yes|so|and|but|please|now|then|someone|somebody|everything|nothing|something|let|find|fix|add|run|make|use)\b/i;

/** "They sign differently" after "Kontor webhooks come back 401": the subject of the sentence before. */
export function withAntecedent(sentence: string, previous: string): string {
  const match = pronoun.exec(sentence);
  if (match === null || previous === '' || /\?\s*$/.test(previous)) return sentence;
  const subject = subjectShape.exec(previous)?.[1];
  if (subject === undefined || noSubject.test(subject) || / (?:and|or)$/.test(subject)) return sentence;
  const plural = /^(?:they|these|those)/i.test(match[0]);
  const last = subject.split(' ').at(-1) ?? '';
  if (plural !== /[^s]s$/i.test(last)) return sentence;
  return subject + sentence.slice(match[0].length);
}

const plainWord =
  '(?!(?:the|a|an|is|are|was|were|be|on|in|at|to|of|by|for|with|from|and|or|not|as|it|that|this|says?|said|saying|say|now|only|about|over|under|than|my|your|our|one|note|notes|have|has|had|still|then|just|also)\\b)\\p{L}[\\p{L}-]{2,24}';

/** The noun that stands right before a value in a text: "region" for "ams" in "the config says region `ams`". */
export function propertyBefore(value: string, text: string): string | null {
  const escaped = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const match = new RegExp(`(?:^|[\\s(])(${plainWord}) [\`"']?${escaped}(?![\\w-])`, 'iu').exec(text.slice(0, 2_000));
  return match === null ? null : (match[1] ?? '').toLowerCase();
}

const bareValue = /^(?:(?:yes|no|it['’]?s|its|that['’]?s)[,:]? )?[`"']?([\p{L}\d][\p{L}\d._/:+-]{0,30})[`"']?[.!]?$/u;
const stating = /\b(?:is|are|listens on|runs on|lives in|uses|says)\b/i;

/** A reply of nothing but a value that the agent named with its property: the user confirms that one. */
export function confirmedValue(reply: string, agentSaid: string): string | null {
  const value = bareValue.exec(reply.trim().replace(/[.!,]+$/, ''))?.[1];
  if (
    value === undefined ||
    /^(?:yes|no|ok|okay|sure|both|none|neither|either|all|go|done|thanks|later|fine|good|great|perfect|cool|nice|right|correct|exactly|maybe|nope|yep|yeah|please|stop|wait|skip|leave|danke|merci|approved|next|continue)$/i.test(
      value,
    )
  )
    return null;
  const text = agentSaid.slice(-1_200);
  const asked = /\?\s*$/.test(text) || /\b(?:one|notes?|docs?|config) (?:says?|saying|have|has)\b/i.test(text);
  if (!asked) return null;
  const said = text.split(/(?<=[.!?])\s+|\n/).filter((sentence) => sentence.includes(value));
  for (const sentence of said) {
    const property = propertyBefore(value, sentence);
    if (property !== null) {
      const other = hardValues(sentence)
        .map((found) => found.text.replace(/[`"']/g, ''))
        .find((found) => found !== value && found !== '');
      return `The ${property} is ${value}${other === undefined || /\?\s*$/.test(sentence) ? '' : `, not ${other}`}`;
    }
    const clean = sentence
      .replace(/^[^:]{0,40}:\s+/, '')
      .replace(/[.!]+$/, '')
      .replace(/ here(?= is)/, '');
    if (
      stating.test(clean) &&
      hardValues(clean).length === 1 &&
      !/\?$/.test(clean) &&
      !/\b(?:my|i|says?|saying)\b/i.test(clean) &&
      clean.length <= 120
    )
      return clean;
  }
  return null;
}

const backTo = /^(?:(?:then|so|ok|let['’]?s go|go|we go|we['’]re going|set it|put it)\s+)*back to (\d[\w.]*)$/i;

/** "Then back to 5. 12 was too much": the agent's words say what was at 12. */
export function backToValue(sentence: string, next: string, agentSaid: string): string | null {
  const value = backTo.exec(sentence.replace(/[.!]+$/, ''))?.[1];
  const former = /^(\d[\w.]*)\s/.exec(next)?.[1];
  if (value === undefined || former === undefined || former === value) return null;
  const property = propertyBefore(former, agentSaid);
  return property === null ? null : `${property.charAt(0).toUpperCase()}${property.slice(1)} is ${value}, not ${former}`;
}

const movedTo =
  /\b(?:(?:took|moved|brought|migrated|switched) (?:us|everything|all(?: of it)?|them|it)(?: over)? to|(?:are|['’]re|went|moved|switched) (?:on|to|over to)) ([a-z][\w-]{1,20})(?=[\s,.;]|$)(?:,? on (\p{L}+day|\d[^,;]{2,20}))?/iu;

/** "Dov took us to arn on Wednesday" after the agent spoke of "region arn": the region is arn since then. */
export function withProperty(sentence: string, agentSaid: string): string {
  const match = movedTo.exec(sentence);
  const property = match === null ? null : propertyBefore(match[1] ?? '', agentSaid);
  if (match === null || property === null) return sentence;
  return `The ${property} is ${match[1]}${match[2] === undefined ? '' : ` since ${match[2]}`}`;
}

const everything = /^(?:since [^,:]{3,30},? )?(?:everything|all of (?:it|that|this)) /i;

/** "No more X from laptops. Everything goes through Y": what "everything" is stands before. */
export function withScope(sentence: string, previous: string): string {
  return everything.test(sentence) && /^no more \S+ \S/i.test(previous) ? `${previous.replace(/[.!]+$/, '')}, ${sentence}` : sentence;
}

const objectPronoun = /^(\S+ (?:runs|does|checks|handles|covers|tests|builds)) it\b/i;
const needed = /\b(?:need|run|use|skip|drop|do|running) (?:the |any )?([\p{L}\d][\p{L}\d_-]{1,24})\b/iu;

/** "CI runs it" after "you don't need X any more". */
export function withObject(sentence: string, previous: string): string {
  const object = needed.exec(previous)?.[1];
  return object === undefined ? sentence : sentence.replace(objectPronoun, `$1 ${object}`);
}
