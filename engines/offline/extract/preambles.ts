// Takes off what only leads up to a statement: "one thing you should know: X", "as for Y, X", "she asked which Z we use, and it's X".
import { clauseBegins } from './clauses.ts';

/** Announces that something is coming and says nothing itself. */
const announcing =
  /^(?:(?:and|also|oh|but|so|now|just)[, ]+)*(?:(?:one|another|a|an|the|some|two|few|last|first|next|final|quick|other|important|more|new)\s+)*(?:thing|things|something|point|note|bit|detail|news|background|word|matter|reminder|remark|context|decision|result|outcome|upshot|answer|reason|rule|heads-?up)\b/i;
/** A remark about the talk itself: who tells whom. */
const aboutTalk =
  /\b(?:i|we)\b.{0,80}\b(?:you|told|tell|say|said|mention\w*|remember|forgot|explain\w*|repeat)\b|\byou\b.{0,60}\b(?:know|asked|ask|need|see|remember|want\w*|forget|must|should)\b/i;
const leaning = /^(?:it|its|it['’]s|they|them|these|those|that|this|he|she|so|then|which|same)\b/i;
/** What stands after the colon needs what stands before it. */
const back = /(?<![\p{L}'’])(?:it|its|they|them|their|those|one|ones)(?![\p{L}'’])/iu;

/** "Something that came up: the oldest X we support is 4" → what stands after the colon, where the part before only leads up to it. */
function afterAnnouncement(text: string): string | null {
  const colon = /[^\d\s:]: (?=\S)/.exec(text);
  if (colon === null) return null;
  const lead = text.slice(0, colon.index + 1);
  const rest = text.slice(colon.index + 3).trim();
  if (lead.split(/\s+/).length < 3 || rest.split(/\s+/).length < 4 || /[`"“(]/.test(lead)) return null;
  if (!clauseBegins(rest) || leaning.test(rest)) return null;
  if (announcing.test(lead) || aboutTalk.test(lead)) return rest;
  return leaning.test(lead) && !back.test(rest.split(/[,;]/)[0] ?? '') ? rest : null;
}

const fronted =
  /^(?:on|as (?:for|to|regards)|regarding|concerning|about|with|re)[:,]? ((?:the |our |your |my |that |those |these )?[\p{L}\d_-]+(?: [\p{L}\d_-]+){0,4}?)\s*[,:–—-]\s*(?:(?:since|while|as|because|before|when|now(?: that)?)\b[^:;,]{4,80}[:;,]\s*)?(?=(\p{L}+))/iu;
const ofTalk = /\b(?:your|my|that|this)\b.*\b(?:questions?|points?|remarks?|note|message|comments?|idea|suggestion|part|list)\b/i;
const standIn = /^(?:ours|they|it|those|these|the ones? we have)$/i;

/** "On flags, ours all begin with x" → "Flags all begin with x"; "As for your second question, X" → X. */
function withFrontedTopic(text: string): string {
  const match = fronted.exec(text);
  if (match === null) return text;
  const [whole, topic = '', first = ''] = match;
  const rest = text.slice(whole.length);
  if (ofTalk.test(topic)) return rest;
  if (!standIn.test(first)) return text;
  return `${/^ours$/i.test(first) ? `our ${topic.replace(/^(?:the|our|those|these) /i, '')}` : topic}${rest.slice(first.length)}`;
}

const indirect =
  /\b(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|know|told|tell|find out|found out|forgot|question (?:is|was)|check(?:ed)?)\b[^,.?]{0,40}?\b(what|which|who|where|when|how (?:many|much|long|often|big|old))\s+([^,.?]{6,90}),\s*(?:and |so |well,? )?(?:it|that|they|we)(?:['’]s| is|['’]re| are)\s+(\S.*)$/i;

/** "They asked which standard we hold, and it's X": the question asked gives the answer its subject. */
function answeredWithin(text: string): string {
  const match = indirect.exec(text);
  if (match === null) return text;
  const [, word = '', question = '', answer = ''] = match;
  const said = question.trim();
  if (/^(?:what|which)$/i.test(word)) {
    // "what the limit is" ends with its verb.
    const bare = /^(.*\S) (is|are|was|were)$/i.exec(said);
    if (bare !== null) return `${bare[1]} ${bare[2]} ${answer}`;
    return /^(?:we|i|you|they|it|to)\b/i.test(said) ? `What ${said} is ${answer}` : `The ${said} is ${answer}`;
  }
  const bare = /^(.*\S) (is|are)$/i.exec(said);
  return bare === null ? `${said}: ${answer}` : `${bare[1]} ${bare[2]} ${answer}`;
}

/** "While I remember, X", "For future reference, X", "On a happier note X": said of the telling, not of the thing. */
const ofTelling =
  /^(?:(?:while|before|if|in case|when|now that) (?:i|you|we)(?:['’](?:m|re|ve))? (?:still )?(?:remember|forget|think|wonder|wondered|ask|asked|are at it|at it|have you|mention|go)\b[^,:]{0,30}|for (?:future reference|your information|the record|what it['’]s worth)|on (?:an? |the )?(?:\p{L}+ ){0,2}note|speaking of(?: which)?|last(?:ly)?(?: thing)?|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|incidentally|quite right|as (?:an? )?aside)\s*[,:–—-]\s*/iu;
const happierNote = /^on (?:an? )?(?:\p{L}+ ){1,2}note\s+(?=(?:i|we|the|our)\b)/iu;
/** "It turned out that X": a finding, told as such. */
const foundOut =
  /^(?:and |but |so |apparently |well )?(?:it )?(?:turn(?:s|ed) out|(?:i|we) (?:just |now )?(?:learned|learnt|found out|checked|confirmed|verified))(?: that)?,? (?=\S+ \S+ \S)/i;
/** "Ann told me X": passed on as true by naming who answers for it; a guess or a claim is not. */
const passedOn =
  /^(?:according to (?:the |our )?((?:\p{Lu}[\p{L}.-]+|\p{L}+)(?: \p{Lu}[\p{L}.-]+)?),? |(\p{Lu}[\p{L}.-]+(?: (?:from|in|at) [\p{L} ]{2,20})?|(?:the |our )?(?:ops|security|legal|support|finance|sales|marketing|product|design|vendor|provider|client|customer|auditors?|platform team|data team|infra(?: team)?)) (?:told (?:me|us)|tells (?:me|us)|confirmed|confirms|let (?:me|us) know|informed (?:me|us)|reminded (?:me|us)|says|said|mentioned)(?: (?:today|yesterday|this morning))?(?: that)? )(?=\S+ \S+ \S)/u;
/** "What we use for X is Y" says that we use Y for X. */
const pseudoCleft = /^what (we|i|they|you) (\p{L}+)( (?:for|as|in|on|to|with) [^,;]{2,50}?)? (?:is|are) (\S.*)$/iu;

/** "What decides X is Y" says that Y decides X. */
const pseudoSubject = /^(?:what|the (?:thing|one|file|part) that) ((?:really |actually )?\p{Ll}+s) ([^,;]{3,60}) is (\S.*)$/iu;

function withoutReport(text: string): string {
  const match = passedOn.exec(text);
  if (match === null) return text;
  const rest = text.slice(match[0].length);
  return clauseBegins(rest) && !/\b(?:if|would|could|might|should)\b|^(?:it|that|this|they|he|she)\b(?!['’]?s? \d)/i.test(rest)
    ? rest
    : text;
}

/** "This all runs on X": the whole project. */
const wholeThing = /^(?:this all|all (?:of )?this|it all|the whole thing|everything here)(?= \p{L}+s (?:on|in|with|under|from)\b)/iu;

/** The statement without its preamble; the text itself when it has none. */
export function withoutPreamble(text: string): string {
  let bare = text.replace(ofTelling, '').replace(happierNote, '');
  bare = withFrontedTopic(bare);
  bare = afterAnnouncement(bare) ?? bare;
  bare = withoutReport(bare.replace(foundOut, ''));
  bare = bare.replace(
    pseudoCleft,
    (_, who: string, verb: string, rest: string | undefined, value: string) => `${who} ${verb} ${value.replace(/[.!]+$/, '')}${rest ?? ''}`,
  );
  bare = bare.replace(
    pseudoSubject,
    (_, verb: string, object: string, subject: string) => `${subject.replace(/[.!]+$/, '')} ${verb} ${object}`,
  );
  return answeredWithin(bare).replace(wholeThing, 'The project').trim();
}
