// Cuts what is said in one breath into its main clauses: "the db is on X, Ann did it over lunch" says two things.
import type { Span } from '../words.ts';

export interface Clause extends Span {
  text: string;
}

const subject =
  "(?:i|we|you|he|she|it|they|there|this|that|nobody|everybody|everything|that one|(?:(?:the|our|my|your|their|its|all|some|no|a|an) )?[\\p{L}\\d_`.#-]+(?:['’]s?)?(?: [\\p{L}\\d_`.#-]+(?:['’]s?)?){0,2}?)";
const verb =
  "(?:is|are|was|were|has|have|had|does|do|did|can|could|may|might|will|would|won|should|must|don|doesn|didn|isn|aren|wasn|can|couldn|went|took|goes|gets?|got|made|makes?|runs?|ran|writes?|wants?|wanted|needs?|keeps?|kept|lives?|uses?|used|says?|said|thinks?|sends?|sent|moved|switched|promised|agreed|told|gave|gives?|belongs?|answers?|handles?|reviews?|owns?|works?|worked|broke|breaks?|blocks?|dedupes?|ignores?|comes?|came|takes?|stays?|starts?|stops?|fails?|failed|died|lost|left|found|deploys?|follows?|signs?|logs?|stores?|returns?|reads?|calls?|exposes?|listens?|serves?|builds?|sits?|holds?|accepts?|rejects?|resets?)(?:['’]t)?";
const contracted = "(?:i|we|you|he|she|it|they|there|that|what)['’](?:s|re|m|ve|ll|d)";
const opening = new RegExp(
  `^(?:(?:here|there|now|locally) )?(?:(?:${contracted}|thats|its|im|ive) |${subject} (?:(?:just|now|also|only|still|always|never) )?${verb}\\b)`,
  'iu',
);
/** "The oldest browser we promise to support is 4": a subject with a clause of its own. */
const generalOpening =
  /^(?:the|our|my|an?|all|every|each|no|nobody|nothing) [^,;:.]{3,80}? (?:is|are|was|were|has|have|must|may|can|should|will|goes?|gets?|needs?|runs?|lives?|uses?|takes?|comes?)\b/iu;
/** "Prod on Monday then, we don't ...": a fragment before the sentence proper. */
const ownOpening = /^(?:we|i|you|they) (?:\p{L}+ )?\p{L}+(?:n['’]t)?\b/iu;
const afterthought =
  /^(?!(?:for|on|in|at|from|since|by|with|to|as|if|when|once|after|before|usually|normally|generally|today|here|there|per|unlike|like|until|till|instead|always|never|everywhere|during|under|because|while)\b)\p{L}[^:,]{2,40}\b(?:then|now|next|again|too|please|pls)$/iu;
const dependent =
  /^(?:and|or|but|so|which|who|whom|whose|because|since|if|when|whenever|while|unless|until|as|where|although|though|after|before|once|that is|for|with|without|not|even|including|then)\b/i;

/** Whether a text begins as a main clause does: a subject of a few words, then a verb, or an adverbial before both. */
export function clauseBegins(text: string): boolean {
  return opening.test(text.slice(0, 120)) || generalOpening.test(text.slice(0, 160));
}

/** One sentence's main clauses, in order; a sentence that is one clause gives itself. */
export function clausesOf(sentence: string): Clause[] {
  const cuts: number[] = [];
  if (!dependent.test(sentence)) {
    let from = 0;
    for (const match of sentence.matchAll(/, (?:(?:and|but) (?=(?:never|always|don['’]t|do not)\b))?|; |\.{3,}\s+|…\s+|\s[–—-]\s/g)) {
      const after = match.index + match[0].length;
      const rest = sentence.slice(after, after + 80);
      const apart = match[0].startsWith('.') || match[0].startsWith('…') || match[0] === '; ' || / (?:and|but) $/.test(match[0]);
      if (
        insideMarks(sentence, match.index) ||
        dependent.test(rest) ||
        !(
          apart ||
          (opening.test(rest) && opening.test(sentence.slice(from, from + 120))) ||
          (ownOpening.test(rest) && afterthought.test(sentence.slice(from, match.index)))
        )
      )
        continue;
      cuts.push(match.index, after);
      from = after;
    }
  }
  const bounds = [0, ...cuts, sentence.length];
  const clauses: Clause[] = [];
  for (let index = 0; index + 1 < bounds.length; index += 2) {
    const [start = 0, end = 0] = [bounds[index], bounds[index + 1]];
    const text = sentence.slice(start, end).trim();
    if (text !== '') clauses.push({ start, end, text });
  }
  return clauses;
}

/** Whether a place lies within quotation marks, code or brackets. */
function insideMarks(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const odd = (mark: string): boolean => (before.split(mark).length - 1) % 2 === 1;
  return odd('`') || odd('"') || before.lastIndexOf('(') > before.lastIndexOf(')');
}
