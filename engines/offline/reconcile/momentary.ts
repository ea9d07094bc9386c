// Notes that served one moment: diary lines, statuses, things to do. They tell a later reader nothing.
import { readMood } from '../mood.ts';
import { tellsOccasion } from '../occasions.ts';
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';
import type { Claim } from '../../../domain/claim.ts';

/** Longer notes explain something, whatever they begin with. */
const longestTerms = 9;

const toDo =
  /^(?:todo|to do|to-do|tbd|fixme|xxx|remind me|idea|ideas|maybe|question|follow[- ]?up|next|next steps?|later|ask|wip|pending|open|blocked|in progress|\?{2,})\b\s*[:?-]?|^\?{2,}|^(?:look|looking|check|checking|ask|asking|rename|try|trying|fix|fixing|investigate|investigating|clean up|refactor|revisit|move|update|working|waiting|debugging)\b.{0,60}\b(?:later|again|tomorrow|soon|next week|some ?day|into .{1,40}|on .{1,40})$/i;
const status =
  /\b(?:waiting (?:for|on)|half done|almost done|nearly done|in progress|in review|under review|on hold|went (?:fine|well|ok|okay|badly)|still open|is open|ready to merge|needs? (?:a )?rebase|awaiting|blocked (?:by|on)|superseded by|to be (?:done|continued)|see (?:the )?\p{L}+$|took (?:about )?\d+ (?:seconds?|minutes?|hours?|days?)|is (?:getting )?(?:long|slow|messy|big))(?!\p{L})/iu;
const ticket =
  /^(?:(?:pr|mr|issue|bug|ticket|commit|build|job|pull request)\s*#?!?\d+|#\d+)\b.{0,60}\b(?:merged|closed|opened|open|done|fixed|waiting|reviewed|approved|landed|reverted|failed|passed|rebased|was|is)\b/i;
/** A diary line: begins with a past-tense verb, nobody named. */
const diary =
  /^done:|^(?:(?:just|today|yesterday|also|finally|then|i|we)\s+)?(?:spent|talked|spoke|asked|checked|discussed|met|had|did|went|tried|started|finished|worked|looked|reviewed|tested|moved|merged|pushed|demoed|reran|restarted|debugged|investigated|fixed|reworked|rebased|cleaned|chatted|called|pinged|emailed|mailed|wrote|sent|got|ran|showed|presented|waited|refactored|renamed)\b/i;
/** "Merged changes are final": a participle before a noun, and a statement of what is so. */
const participle = /^\p{L}+ed (?:\p{L}+ ){1,2}(?:is|are|must|may|can|cannot|should|go|stay|need|needs|never)\b/iu;
/** Where somebody or something is at the moment of writing. */
const atTheMoment =
  /^(?:currently|right now|now|at present)\b.{0,20}\b(?:on (?:branch|it)|working|looking|in)\b|^sprint goal\b|\bis (?:on|back from) (?:holidays?|vacation|leave|pto|sick leave|parental leave)\b|\b(?:this|next|last) (?:week|month|sprint)$|^(?:looking|digging|checking) into\b/i;
const diaryNoun =
  /^(?:demo|meeting|meeting notes|call|chat|sync|refactoring|rework|draft|thread|notes) (?:of|with|about|for|from|on|were|was)\b/i;
/** What makes a diary line worth keeping: a cause, a decision, a result to act on. */
const lasting =
  /\b(?:because|so that|so we|therefore|must|never|always|should|decided|decision|root cause|caused by|fix(?:ed)? by|use|instead|requires?|needs? to|important|rule|prefer\w*|lesson|learned|note that|due to|turned out|means)\b/i;

/** Bound to a day that the note does not name: it was over the day after. */
const forToday =
  /\b(?:this (?:morning|afternoon|evening)|tonight|today only|until (?:tonight|tomorrow|lunch|noon)|in (?:\d+|a few|ten|twenty|thirty|an?|half an?) (?:minutes?|hours?)|for the next (?:hour|day|\d+ (?:minutes?|hours?))|valid for (?:an?|one|\d+) (?:minutes?|hours?|days?))\b/i;

/** What the writer does not know tells a reader nothing. */
const ignorance = /^(?:(?:i|we) )?(?:don['’]?t know|do not know|have no idea|am not sure)\b|^(?:idk|no idea|dunno|not sure|no clue)\b/i;
/** Broken or down, without what to do about it: true until somebody mends it. */
const outOfOrder =
  /\b(?:is|are|['’]s) (?:still |again |now )?(?:broken|down|red|offline|flaky|stuck|full|out of order|failing|acting up|on fire)(?: again| today| at the moment)?[.!]*$/i;
/** One pull request, ticket or run: settled long since. */
const numberedWork = /\b(?:pr|mr|pull request|merge request|ticket|build|run|job|pipeline) ?(?:#|no\.? ?)?\d{2,}\b(?!\.\d)/i;

/** Whether a claim of the store is a note of a moment. Careful: a claim that could be a lasting fact is none. */
export function isMomentaryNote(claim: Pick<Claim, 'text' | 'kind'>): boolean {
  if (claim.kind === 'code' || claim.kind === 'row') return false;
  const text = claim.text.trim();
  if (text.length > 140) return false;
  const mood = readMood(text);
  if (forToday.test(text) || mood.temporary || ignorance.test(text)) return true;
  if (/[`*_]\S/.test(text) || lasting.test(text)) return false;
  if (participle.test(text)) return false;
  if (atTheMoment.test(text)) return true;
  if (!mood.rule && (outOfOrder.test(text) || numberedWork.test(text))) return true;
  const words = terms(text);
  if (words.length === 0 || words.length > longestTerms) return false;
  if (ticket.test(text) || toDo.test(text)) return true;
  if (hardValues(text).some((value) => /[_/:@.]/.test(value.text))) return false;
  return status.test(text) || diary.test(text) || diaryNoun.test(text);
}

/** A rule that was given for one day or one occasion, as a clause of why it goes; null for every other line. */
export function oneOff(claim: Pick<Claim, 'text' | 'kind'>): string | null {
  if (claim.kind === 'code' || claim.kind === 'row') return null;
  const text = claim.text.trim();
  const day =
    /^(?:only )?(?:for|on|during|before|after) (?:the |our |that )?(?:[\p{L}-]+ ){0,4}(?:on |of )?(\d{4}-\d{2}-\d{2}|\d{1,2} \p{Lu}\p{L}{2,8} \d{4})\s*[:,]/iu.exec(
      text,
    )?.[1];
  if (day !== undefined) return `was for one day, ${day}`;
  const aside = /\(([^()]{1,160})\)\s*\.?$/.exec(text)?.[1] ?? '';
  const quote = /["“']([^"”]{3,100})["”']/.exec(aside)?.[1];
  if (aside === '' || !(readMood(quote ?? aside).temporary || tellsOccasion(quote ?? aside))) return null;
  const release = /\b(release|version|sprint|ticket|incident|migration|demo)\s+([\w.-]*\d[\w.-]*)/i.exec(aside);
  return `was said for one ${release === null ? 'occasion' : `${(release[1] ?? '').toLowerCase()}, ${(release[2] ?? '').replace(/[.]$/, '')}`}${quote === undefined ? '' : ` ("${quote}")`}`;
}
