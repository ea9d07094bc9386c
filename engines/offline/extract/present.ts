// Whether a sentence says how things regularly are: a third person in the simple present, "the importer reads from X", "Ann reviews anything with Y".
import { tag } from './language.ts';
import type { Token } from './language.ts';

/** Further right no main verb is looked for. */
const farthest = 12;
/** Present forms of what is felt, said or looks so: they tell of the moment. */
const ofTheMoment =
  /^(?:insists|suggests|recommends|pushes|proposes|argues|believes|votes|dreams|plans|tries|considers|urges|begs|seems|looks|feels|sounds|says|thinks|wants|hopes|claims|wonders|smells|complains|asks|swears|hates|loves|means|happens|breaks|crashes|hangs|fails|throws|dies|goes|gets|comes)$/i;
const notASubject =
  /^(?:i|you|it|he|she|we|this|that|these|those|there|what|who|which|why|how|if|when|while|someone|somebody|nobody|let|please)\b/i;
const everyCase = /^(?:anything|everything|all|any|every|each|nothing|only|always|never)$/i;

/** "Is only reachable from X": no other way. */
const onlySo = /^[^,;:]{3,60} (?:is|are) (?:only|never|always) (?!(?:because|now|today|a|the|just)\b)\p{L}/iu;
/** True where the grammar says "as a rule": no order, no question, no past, no progressive. */
export function isHabitualPresent(sentence: string): boolean {
  if (notASubject.test(sentence) || /[?]\s*$/.test(sentence)) return false;
  if (onlySo.test(sentence) || genericPredicate(sentence) !== null) return true;
  const tokens = tag(sentence.slice(0, 200)).slice(0, farthest);
  const verb = tokens.findIndex((token, index) => index > 0 && isThirdPerson(token, tokens[index + 1], tokens[index + 2]));
  if (verb < 1 || ofTheMoment.test(tokens[verb]?.word ?? '')) return false;
  // "Keeps asking" goes on just now; "keeps logs" is how it is.
  if (/^(?:keeps|starts|stops|goes)$/.test(tokens[verb]?.word ?? '') && /ing$/.test(tokens[verb + 1]?.word ?? '')) return false;
  // Before the verb stands a noun phrase and nothing else that could be a verb.
  return (
    tokens
      .slice(0, verb)
      .every(({ tag: part, word }) => part !== 'AUX' && part !== 'SCONJ' && !/^(?:to|and|or|but|if)$/i.test(word) && !/[,;:]/.test(word)) &&
    tokens.slice(0, verb).some(({ tag: part }) => /NOUN|PROPN|X|VERB/.test(part))
  );
}

/** "reads", also where the tagger takes it for a noun: a plural noun is not followed by "anything" or "the". */
function isThirdPerson({ word, tag: part, lemma }: Token, next: Token | undefined, after: Token | undefined): boolean {
  if (!/^\p{Ll}{2,}s$/u.test(word) || /(?:ss|us|is)$/.test(word) || next === undefined) return false;
  const formed = lemma !== word && word.startsWith(lemma.slice(0, -1));
  if (part === 'VERB') return formed;
  const object = next.tag === 'ADP' || next.tag === 'PART' ? after : next;
  return part === 'NOUN' && formed && object !== undefined && ((next === object && object.tag === 'DET') || everyCase.test(object.word));
}

/** Base forms that tell of a wish, a trouble or the moment, as `ofTheMoment` does for one. */
const ofTheMomentPlural =
  /^(?:insist|suggest|recommend|push|propose|argue|believe|vote|dream|plan|try|consider|urge|beg|seem|look|feel|sound|say|think|want|hope|claim|wonder|smell|complain|ask|swear|hate|love|mean|happen|break|crash|hang|fail|throw|die|see|disappear|leak|vanish|flicker|pile|keep|know)$/i;
const stateOnly =
  /^(?:are|['’]re) (?:\p{L}+ly |not |still |now |all |so |too |very )*(?:slow|broken|wrong|done|ready|fine|ok|okay|good|great|bad|late|down|up|back|gone|here|there|next|missing|green|red|working|failing|garbage|nonsense|noise|annoying|terrible|awful|nice|weird|odd|funny|messy|a mess|a pain|hard|easy|bored|tired|happy|sad|angry)\b/iu;

/** What is said of all things of a kind, "secrets rotate every week": from the verb on; null for any other sentence. */
export function genericPredicate(sentence: string): string | null {
  // A sentence is asked about several times in a row; tagging it once is enough.
  if (lastGeneric.sentence !== sentence) lastGeneric = { sentence, predicate: findGeneric(sentence) };
  return lastGeneric.predicate;
}

let lastGeneric: { sentence: string; predicate: string | null } = { sentence: '', predicate: null };

function findGeneric(sentence: string): string | null {
  if (notASubject.test(sentence) || !/^(?:all |our )?\p{L}[\p{L}\d-]*(?: [\p{L}\d-]+){0,5} \S/iu.test(sentence)) return null;
  const tokens = tag(sentence.slice(0, 160));
  let at = 0;
  let plural = false;
  for (const [index, { word, tag: part, lemma, gap }] of tokens.entries()) {
    const first = index === 0;
    const rest = sentence.slice(at + gap.length);
    at += gap.length + word.length;
    if (first && (part === 'VERB' || part === 'AUX' || (part === 'DET' && !/^all$/i.test(word)))) return null;
    if (!first && plural && (part === 'VERB' || part === 'AUX'))
      return (word.toLowerCase() === lemma || /^(?:are|have|must|should|can|may|cannot)$/i.test(word)) &&
        !/(?:[^e]ed|.{3}ing)$/i.test(word) &&
        !ofTheMomentPlural.test(word) &&
        !stateOnly.test(rest)
        ? rest
        : null;
    if (!/NOUN|PROPN|ADJ|NUM|SYM|ADP|X|PRON|DET/.test(part) || (!first && /PRON|DET/.test(part)) || index > 6) return null;
    if (part === 'NOUN' || part === 'PROPN')
      plural = plural || (/[^s]s$/i.test(word) && (lemma !== word.toLowerCase() || part === 'PROPN'));
  }
  return null;
}

/** "If it concerns X, Ann decides", "Only Ann may tag", "All money goes through Y": what holds in every case of a kind. */
const inEveryCase =
  /^(?:(?:if|when|whenever|once|for|in|since) [^,]{3,60},? )?(?:(?:all|every|each|any) (?!of\b|the best|this|that|right|good)[\p{L}\d-]+(?: [\p{L}\d-]+){0,4} (?:is|are|has|have|goes|go|needs?|gets?|must|may|can|should|comes?|runs?|\p{L}{3,}s)\b|only (?:the |our |an? )?[\p{L}-]+(?: [\p{L}-]+){0,2} (?:may|can|is allowed|are allowed|gets? to|should|must)\b)|^(?:if|when|whenever) (?!(?:i|we|you)\b)[^,]{3,60}, (?:then )?\p{Lu}\p{L}+ \p{Ll}{2,}s\b/iu;

export function isOfEveryCase(sentence: string): boolean {
  return inEveryCase.test(sentence);
}

/** "A flag without a date gets refused": said of any such thing, what becomes of it is a rule and no trouble. */
const anySuch =
  /(?:^|[,;:] (?:and |but )?)(?:an?|any|every|each|no) \p{L}[\p{L}\d_-]*(?: [\p{L}\d_-]+){0,7} (?:is|are|gets?|will be|must be|has to be) (?:\p{L}+ )?\p{L}+(?:ed|en|wn)\b/iu;

export function isOfAnySuch(sentence: string): boolean {
  return anySuch.test(sentence);
}
