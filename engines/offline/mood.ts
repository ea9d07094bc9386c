// How a statement is meant: asserted, asked, supposed, only for now, taken back, a rule.

import { isForOneEvent } from './occasions.ts';

export interface Mood {
  polarity: 'affirmed' | 'negated';
  question: boolean;
  /** Supposed, not said to be so: "what if", "suppose we", "if we moved, we would". */
  hypothetical: boolean;
  /** Weighed, not decided: "maybe", "thinking about", "might". */
  tentative: boolean;
  /** Bound to now or to this task: never a rule, never a revocation of one. */
  temporary: boolean;
  /** Takes an earlier statement back. */
  revokes: boolean;
  /** An order: begins with a verb in base form, or "please", "don't". */
  imperative: boolean;
  /** Says how things are to be done from now on. */
  rule: boolean;
}

const tagQuestion = /[,;–—-]?\s*(?:ok|okay|right|alright|all right|yeah|please|deal|agreed|got it|understood|no|isn't it|remember)\s*\?+$/i;
const questionStart =
  /^(?:(?:and|but|so|also|hey|ok|okay|then)[, ]+)?(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|can|could|would|will|should|shall|have|has|had|may|am|any idea|isn't|aren't|don't you|doesn't|didn't)\b/i;
/** Asked without a question mark; "what we use is X" asks nothing. */
const bareQuestion =
  /^(?:(?:and|or|but|so|also)[, ]+)?(?:what|how|why|where|who)(?:['’]s|(?:\s+(?!(?:we|i|you|they|he|she|it|the|this|that)\b)\w+){0,2}?\s+(?:is|are|do|does|did|can|could|should|would|will))\s+(?!what\b)[^:]*$/i;
const supposed =
  /^(?:(?:and|but|so|hm+|ok|well)[, ]+)*(?:suppose|supposing|imagine|assuming|assume|pretend|what if|how about|in theory|hypothetically|let's say|say we|picture)\b|^(?:(?:and|but|so)[, ]+)*if (?:we|i|you|they|it|he|she|this|that|the \w+) ever\b|\bwhat if\b|\bhypothetical|\bpurely theoretical|\bthought experiment|\bif (?:we|i|you|they|it|he|she|this|that|the \w+) (?:were|was|had|moved|switched|used|went|changed|ran|did|could|adopted|chose|migrated|picked)\b/i;
const wouldIf = /\bif\b[^.]{0,120}\b(?:would|could|might|'d)\b|\b(?:would|could|might|'d)\b[^.]{0,120}\bif\b/i;
const weighed =
  /\b(?:maybe|perhaps|might|possibly|probably should|thinking (?:about|of)|considering|toying with|wonder(?:ing)?|not sure|unsure|could (?:try|use|switch|move|also)|we could|i could|some ?day|one day|at some point|tempted|playing with the idea|on the fence|leaning|haven't decided|undecided|evaluating|exploring whether|idea:|just an idea|brainstorm\w*)\b/i;
const forNow =
  /\b(?:for now|for today|just today|only today|today only|just (?:for )?(?:this|that) (?:once|time|one)|this once|(?:just|only) once|for the moment|for the time being|at the moment only|temporar(?:y|ily)|(?:just|only) (?:for|in|on) (?:this|the current) \w+|for the next (?:few |couple of |\d+ )?(?:minutes?|hours?|days?|hour|day|week)|for an? (?:minute|hour|day)|until (?:tomorrow|tonight|later|lunch|noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|i'm back|i am back|further notice)|for this (?:pr|branch|commit|task|session|run|release|ticket|file|test|demo|call|meeting|one|time|week)|(?:in|during) this session|as an exception|one-?off|this time(?: only)?|short-?term|while i'm (?:out|away)|the rest of (?:the day|today)|expires (?:in|at|tonight|today|tomorrow)|valid (?:for|until))\b/i;
const revoked =
  /\b(?:no longer|not any ?more|any ?more\b|(?:can|should|may) stop\b|stop (?:using|doing|checking|running|adding|asking|worrying|sending|posting|\w+ing)\b|(?:was|were|is|are|has been|have been|got|been|being) (?:removed|deleted|dropped|retired|decommissioned|scrapped|taken out|taken down|ripped out|thrown out|killed|shut down|phased out|abolished|cancel+ed|lifted|sunset|turned off|switched off|gone)|(?:we|i|they|team) (?:just |finally |recently |have |'ve )*(?:removed|deleted|dropped|retired|decommissioned|scrapped|took out|ripped out|killed|got rid of|abandoned|shut down|phased out|stopped|cancel+ed)|(?:does|do|did)(?: not|n't) (?:apply|exist|hold|matter|count)|is (?:obsolete|history|gone|dead|void|outdated)|are (?:obsolete|history|gone|dead|void|outdated)|never ?mind (?:the|about|that rule)|forget (?:about|the|what|that rule|my rule)|disregard|scrap (?:that|the)|ignore (?:my|the) (?:earlier|previous|old|last)|not needed any|gone for good|rip out)\b/i;
const ruleCue =
  /(?:^no \w+(?:s|ing) (?:on|in|to|after|before|during|without)\b)|\b(?:always|never|from now on|going forward|from here on|henceforth|every time|each time|by default|as a rule|standing rule|rule:|house rule|our (?:policy|rule|convention|standard|habit)|the (?:policy|rule|convention|standard) is|whenever|must(?: not|n't)?|have to|has to|needs? to be|(?:is|are) (?:required|mandatory|forbidden|not allowed|off limits)|make sure|be sure to|remember to|don't ever|do not ever|in (?:all|every)|under no circumstances|at all times|no exceptions?|in general|prefer|rather than|only[.!]?$|no \w+(?: \w+){0,3},? please|(?:should|shall|ought to)(?: not|n't| never| always)?(?: be)?)\b/i;
const negation =
  /\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|avoid|stop|refuse|forbid(?:den)?|dislikes?|hates?)\b|n['’]t\b/i;
const notReally =
  /\b(?:not only|no later than|no more than|no less than|no longer than|not just|no doubt|why not|no wonder|no problem|no,|not to mention|nothing but|never mind|no\.)/gi;

export function readMood(text: string): Mood {
  const start = text.slice(0, 600);
  const asked = tagQuestion.test(start) ? start.replace(tagQuestion, '') : start;
  const tagged = asked !== start && !questionStart.test(asked);
  const asksRule =
    /^(?:(?:and|so|also|please)[, ]+)*(?:can|could|would|will) you\b/i.test(start) &&
    /\b(?:always|never|from now on|going forward|in (?:the )?future|every time|each time)\b/i.test(start);
  const question =
    bareQuestion.test(start) ||
    (!tagged && !asksRule && (/\?["')\]]*$/.test(start.trimEnd()) || (questionStart.test(start) && /\?/.test(start))));
  const temporary = forNow.test(start) || isForOneEvent(start);
  const imperative = isImperative(asked);
  const rule = ruleCue.test(start) || isConditionalRule(asked);
  const hypothetical = supposed.test(start) || (wouldIf.test(start) && !rule);
  return {
    polarity: negation.test(start.replace(notReally, ' ')) ? 'negated' : 'affirmed',
    question,
    hypothetical,
    tentative: weighed.test(start),
    temporary,
    revokes: revoked.test(start) && !temporary && !hypothetical && !question,
    imperative,
    rule,
  };
}

const leadIn =
  /^(?:(?:please|pls|kindly|and|but|so|also|then|ok|okay|well|now|hey|hi|no|yes|actually|oh|just|always|never|instead|from now on|going forward|in future|in the future|remember to|be sure to|make sure to|make sure you|make sure|don't forget to|by the way|btw|fyi|note|one thing|for the record|in general|generally|by default)[,:]?\s+)+/i;

/** Words that begin a sentence as an order far more often than as anything else. */
const orderVerbs = new Set(
  (
    'use run add write fix make keep put set call name give show tell send create remove delete drop update change rename move check look find ' +
    'try start stop open close commit push pull merge rebase deploy install build test format lint refactor rewrite convert implement document ' +
    "explain describe list print log return avoid prefer ignore skip ask answer reply respond do don't do not let go read follow include exclude " +
    'ensure verify review draft generate prepare replace revert undo bump pin limit wrap split sort clean store save load post announce tag mark ' +
    'treat assume stick hold wait leave take bring turn switch stay remember forget sign squash indent escape handle validate paginate cache ' +
    'extract inline simplify investigate debug trace compare measure summarise summarize translate reference cite spell capitalise capitalize ' +
    'prefix suffix order organise organize group schedule book remind email notify ping restart reload reset enable disable configure connect ' +
    'disregard scrap never always please loop cc involve research analyse analyze audit examine think plan design figure propose brainstorm decide select explore consider quantify integrate define outline structure map pull conduct provide confirm consult import export upload download copy paste mention address work report be tighten continue finish apply support'
  ).split(' '),
);

const condition = /^(?:if|when|whenever|before|after|once|each time|every time|unless|while|for|in|on|as soon as)\b[^,]{2,90},\s*/i;

/** "If it's about X, ask Y": an order for every such case, unless the condition is only the task at hand. */
function isConditionalRule(text: string): boolean {
  const match = /^(?:if|when|whenever|before|after|once|each time|every time|as soon as)\b[^,]{2,90},\s*/i.exec(text);
  return (
    match !== null &&
    !/\b(?:works?|worked|done|passes|passed|finished|ready|ok|okay|fine|good|possible|not|so|green|you can|you like|you want|needed|necessary|it helps)\s*,\s*$/i.test(
      match[0],
    ) &&
    isImperative(text)
  );
}

export function isImperative(text: string): boolean {
  const rest = text.replace(leadIn, '').replace(condition, '').replace(leadIn, '');
  if (/^(?:don['’]t|do not|never|let['’]s)\b/i.test(rest)) return true;
  const word = /^[A-Za-z'’-]+/.exec(rest)?.[0].toLowerCase();
  if (word === undefined || !orderVerbs.has(word)) return false;
  // "Test command: x", "Build is green", "Release day is Tuesday" begin with nouns.
  return !/^[A-Za-z'’-]+(?:\s+[a-z]+){0,3}\s*(?::|=|->|→|\b(?:is|are|was|were|has|have|went|goes|moved|lives?|changed|uses|listens?|needs|works|stays?|happens?|starts|belongs?|runs|gets?|got|became|must|should|will)\b)/i.test(
    rest.replace(/^[a-z'’-]+\s+(?:the|a|an|it|this|that|them|all|any|every|each|your|my|our|me|us)\b.*/i, ''),
  );
}
