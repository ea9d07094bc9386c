// Whether a sentence says something worth keeping, how lasting it is, and what it shows beside.
import type { Durability, Signal } from '../../../domain/fact.ts';
import type { Frame } from '../frame.ts';
import { thingsIn } from '../known-things.ts';
import { hardValues } from '../value.ts';
import { terms } from '../words.ts';
import { causeOf } from './failures.ts';
import { genericPredicate, isHabitualPresent, isOfAnySuch, isOfEveryCase } from './present.ts';
import { givesSetting, namesThing, tellsFigure } from './setting-given.ts';

export interface Verdict {
  durability: Durability;
  force: 'asserted' | 'revoked';
  signal?: Signal;
}

export interface Setting {
  /** The sentence as it was said, when it opens a message that answers the agent; else null. */
  reply: string | null;
  /** The speaker asks to have it remembered. */
  toRemember: boolean;
  /** The session works with tools: what else happened to the user that day is small talk there. */
  atWork: boolean;
}

export const smallTalk =
  /^(?:(?:thanks|thank you|thx|ok|okay|great|perfect|nice|cool|good|awesome|wow|yes|yeah|yep|no|nope|sure|done|hi|hello|hey|morning|bye|cheers|lol|haha|congrats|congratulations|sorry|np|got it|sounds good|looks good|lgtm|fine|right|exactly|agreed|totally|absolutely|noted|understood|works|same here|take care|talk (?:to you )?(?:soon|later)|good luck|have (?:fun|a)|see you|ship it|go ahead|go on|continue|proceed|next|that['’]?s (?:what i wanted|it|how it is|all|great|fine|good|right|correct))\b)[^.?]{0,40}[.!]*$/i;
/** "No emoji in commit messages" forbids; "no problem" answers. */
const forbidsWithNo =
  /^no (?!(?:problem|worries|need|idea|rush|thanks|luck|way|wonder|doubt|more|one|hurry|pressure|it|i|we|that|this|you|not|errors?|failures?|changes?|issues?|signs?|trace|difference|results?|updates?|news|response|answer|data|entries|logs|test|tests|access|space)\b)\p{L}[\p{L}-]*(?: [\p{L}-]+)? (?:in|on|for|to|at|with|without|from|by|during|before|after|outside|inside|as|via|over|under) \p{L}/iu;
export const joke = /\b(?:just kidding|kidding|joking|jk|lol|haha+|\/s)\b|😂|🤣/i;
export const reported =
  /^(?:i|we) (?:just )?(?:read|heard|saw|noticed|found out) (?:somewhere )?that\b|\b(?:says?|said|claims?|claimed|reads|tells|told (?:me|us)|according to|quote|wrote|suggests?|suggested|recommends?|recommended)\b[^.]{0,30}[:"“]|\b(?:log|readme|output|file|page|comment|docs?|documentation|message|email|site|website|stack ?overflow|article|blog|someone|somebody|intern|colleague|friend|boss|guy) (?:says?|said|claims?|tells|wants|told|suggests?|suggested|recommends?|recommended|proposed|thinks)\b|\b(?:pushes for|pushing for|wants us to|would like us to|(?:suggested|proposed|recommended)\b.{0,60}\b(?:declined|refused|said no|rejected))\b/i;

const problem =
  /\b(?:broken|fails?|failing|failed|crash(?:es|ed|ing)?|slow|wrong|bug(?:gy)?|errors?|doesn['’]?t (?:work|load|connect|start|build|run|compile|show|open|render|return|respond|update|match|fit)|does not (?:work|load|connect|start)|isn['’]?t working|not working|stuck|hangs?|freez\w+|flaky|misleading|died|crashed|timed? ?out|times out|disappears?|leaks?|corrupt\w*|denied|expired|unauthori[sz]ed|refused|still (?:not|the same|happening)|out of (?:memory|disk|space)|(?:is|are) (?:again )?full|full again|ignores|too (?:long|large|big|small|slow|many))\b/i;
const asks =
  /^(?:i|we)(?:['’]d| would)? (?:want|need|like|love|wish)(?: (?:you to|to|a|an|the|this|that|some|it|another|one|two|three)\b)/i;
export const preferring =
  /^(?:call me|my name)\b|\b(?:i['’]d rather|i would rather|(?:i|we|(?!looks|sounds|feels|seems|smells|tastes|acts|works|something|more|just|it|this|that)\p{Lu}\p{L}+) (?:really |always |usually |generally |strongly |much |just |also |still |do |would rather |'d rather )*(?:prefers?|likes?|loves?|hates?|dislikes?|enjoys?|favou?rs?|rather|can['’]t stand|avoids?)|my (?:favou?rite|preferred|usual|go-to)|works? best|suits me|easier for me|best for me|prefer(?:red|ence)?|i (?:want|like) (?!you to|to |a |an |the |this |that |it |one ))/iu;
export const standingSelf =
  /\b(?:i am|i['’]m|im|my name|call me|i live|i work|i was born|i come from|i grew up|i speak|i study|i teach|i own|i have (?:a|an|two|three|four|five|\d)|i['’]ve (?:got )?(?:a|an|been)|my (?:\p{L}+ ){0,2}(?:wife|husband|partner|son|daughter|kids?|children|child|brother|sister|mother|father|mom|mum|dad|parents|boss|manager|team|company|job|dog|cat|car|home|house|birthday|age|email|phone|name|editor|timezone|location|hobby|hobbies|goal|dream|school|degree|advisor|startup|business|project|thesis)s?)\b/iu;
export const passingState =
  /^(?:i['’]m|i am|im)\s+(?:at|on|off|out|back|late|away|busy|sleepy|tired|hungry|done|ready|stuck|sure|sorry|afraid|happy|glad|here|there|not|just|now|about|still|listening|going|getting|trying|looking|seeing|wondering|thinking|asking|talking|leaving|waiting|heading|reading|having|eating|drinking|hoping|guessing|assuming|watching|running|feeling)\b|^there(?:['’]s| is| are| was| were)\b|\b(?:i|i['’]ll|i will) (?:['’]ll |will |be |continue|check|look|test|try|get back|send|see|let you know)\b/i;
export const habit =
  /\b(?:usually|typically|normally|generally|every|each|daily|weekly|monthly|on weekdays|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays|always|never)\b/i;
const correcting =
  /^(?:no+|nope|nah|wrong|not quite|incorrect|actually|sorry|wait|stop|don['’]t|please don['’]t|i said|i told you|as i said|again|that['’]?s (?:not|wrong|incorrect|outdated|old)|it['’]?s (?:not|actually)|it is not|not \S+[,;])\b/i;
const taskVerb =
  /^(?:please |now |then |also |and |just |ok |so )*(?:fix|add|write|make|show|create|remove|delete|change|rename|refactor|move|check|look|find|implement|convert|document|explain|describe|list|print|generate|draft|prepare|replace|revert|undo|review|update|split|clean|extract|inline|simplify|investigate|debug|trace|compare|measure|profile|summari[sz]e|translate|continue|finish|try|start|stop|open|close|commit|push|merge|rebase|install|give|tell|help|let['’]?s|do|go|take|get|put|set|apply|tighten|paginate|handle|read|run|build|test|deploy|rerun|restart|reload|search|grep|bump|upgrade|send|copy|paste|import|export|drop|cache|sort|wrap|mention|purge|research|analy[sz]e|audit|examine|think|plan|design|figure|propose|brainstorm|decide|select|explore|consider|leave|re-?read|ensure|confirm|verify|quantify|integrate|define|outline|structure|map|pull|conduct|provide|include|use it|reply|respond|answer first)\b/i;
const withTool =
  /^(?:please )?(?:re)?(?:install|run|test|build|deploy|format|lint|indent|log|write|bundle|compile|release|publish|start|serve)(?: (?:the |all |our |any )?[\p{L}-]+){0,3} (?:with|via|using|through|by) [^,]{1,40}(?:,|$)/iu;
const inLanguage =
  /^(?:please )?(?:write|answer|reply|respond|document|comment|speak|explain) (?:(?:all |the )?\p{L}+s |everything )?in \p{Lu}\p{L}+\b/u;
/** "Don't mock the database" forbids for good; "don't commit yet" does not. */
const prohibits =
  /^(?:please )?(?:don['’]t|do not) (?!(?:\p{L}+ (?:anything|something|nothing|everything)\b(?! (?:in|on|under|below|that|to|from|without)\b)|forget|worry|bother|mind|do (?:that|this|it)|change (?:it|that|this|anything)|touch (?:it|that|this)|be|stop|wait)\b)(?!.*\b(?:yet|now|this|that one|it)\b)\p{L}+ \p{L}/iu;
const pronounFirst = /^(?:it|they|this|that|he|she)\b/i;
const generalScope =
  /\b(?:(?:before|after) (?:you|we|i|every|each|any)\b|for (?:all|every|any|each|new|everything|anything|production|staging|tests?|builds?|deploys?|commits?|replies|answers|deployments?|releases?)|in (?:all|every|any|general|replies|answers|commits|this (?:repo|repository|project|codebase))|whenever|when(?:ever)? (?:you|we|i)|once (?:it|we|you|the|a)|instead of|rather than|, not )\b/i;
const irregular =
  'was|were|had|did|went|met|saw|got|came|took|made|ran|bought|told|gave|found|felt|won|lost|wrote|ate|drove|flew|spent|began|slept|dreamt|woke|forgot|paid|sent|sat|stood|spoke|drank|broke|threw|caught|taught|thought|knew|grew|heard|held|kept|left|fell|built|brought|chose|swam|sang|rode|wore';
/** Lower case only: "United" is a name. */
const pastVerb = new RegExp(`(?<![\\p{L}-])(?:${irregular}|\\p{Ll}{2,}[^\\Wue]ed|\\p{Ll}+ied|used to)(?![\\p{L}-])`, 'u');
/** "the company that made X is Y" is about now. */
const relative = /\b(?:that|which|who|whom|where|when)\s[^,]{2,60}?(?=\s(?:is|are)\s)/iu;
/** History that stays true: "X was founded by Y", "X died in Y". */
const lasting =
  /^(?!(?:i|we|he|she|they|it|this|that|there|you|my|our)\b)[^,]{2,80}?\b(?:(?:was|were)\s+(?:\p{L}+ly\s+)?\p{L}+(?:ed|en|wn|lt|nt|rn|de|pt|ld|un)\s+(?:by|in|at|on|to|with|of|from|for)|(?:died|worked|studied|played|lived|served|grew up|graduated|taught|ruled|reigned)\s+(?:in|at|for|as|from))\s+\S/iu;
/** Of a person or a thing with a name, who may die where a server only fails. */
const ofSomebody = /^(?!(?:The|A|An|All|Both|Our|My|Your|Their|His|Her|Its|Every|Each|Some)\b)\p{Lu}/u;
/** Verbs that end in a new state, said of oneself; what one had, ate, saw or felt leaves none. */
const achieved =
  /^(?:(?:and|also|oh|so|then|yes|yeah|plus)[, ]+(?:and )?)*(?:(?:i|we)(?:['’]ve| have)?|(?:my|our) (?:\p{L}+ ){1,3}?)?\s*(?:has |have |just |also |now |finally |already |recently |even |actually |successfully )*(?:closed|started|launched|finished|completed|built|created|added|implemented|published|submitted|released|shipped|reached|hit|grew|grown|expanded|extended|improved|increased|reduced|cut|dropped|raised|rose|doubled|tripled|won|passed|signed|hired|acquired|received|achieved|solved|migrated|trained|deployed|integrated|founded|opened|joined|enrolled|earned|sold|secured|landed|designed|developed|ported|wrote|accepted|got (?=.{2,40}? (?:down|up|working|running|to \d))|got (?:(?:the|an?|our|my) )?(?:accepted|approved|promoted|funded|certified|\p{Lu}[\p{L}\d]+))\b/iu;
const weAre = /^(?:we are|we['’]re)\s+/i;
/** A general statement: its subject is named or bare, not "the slot picker" of the task at hand. */
const general =
  /^(?!(?:the|this|that|these|those|a|an|it|i|we|you|he|she|they|there|my|our|your|some|any|all|every|no|not|what|which|still|now|just|all)\b)[\p{L}\d][^,?!]{1,60}?\s(?:is|are)\s+(?!(?:not\s+)?(?:slow|broken|wrong|done|ready|fine|ok|okay|good|great|late|down|up|back|gone|here|there|next|missing|green|red|working|failing|on it|too|so|very)\b)\S/iu;
const passive =
  /\b(?:is|are|be|being|gets?|['’]s|['’]re|am|['’]m)\s+(?:\p{L}+ly |not |now |still |also |always |never |all )?\p{L}+(?:ed|en|wn|lt|nt|de|pt|ld|un)\b|\b(?:based|needed|called|named|supposed|indeed|speed|embed|feed|seed|shared|unused|deprecated|expected|allowed|required) (?=\p{L})/giu;
const turning =
  /\b(?:switched|moved|migrated|changed|settled|decided|chose|picked|agreed|renamed|upgraded|downgraded|adopted|named|voted|standardi[sz]ed|took over|handed|merged|replaced|joined|became|promised|committed|scheduled|booked|were told|used to|stepped down|uninstalled|pulled|started using|introduced|dropped|rolled out|set up|raised .* to|lowered .* to|went (?:from|with|up|down|over to|back to)|(?:grew|shrank|came back|is back|are back|returned|reverted) to|(?:took|brought) (?:us|everything|everybody|all of it|them) (?:over )?to|bumped|pinned|postponed|slipped|pushed (?:back )?to|rescheduled|extended|hired|promoted|married|graduated|launched|founded)\b/i;
const strongRule =
  /\b(?:always|never|from now on|going forward|must|rule|policy|convention|under no circumstances|by default|whenever|no exceptions?|at all times|in general|don['’]t ever|every time)\b/i;
const habitual =
  /^(?:we|i)\s+(?!(?:want|need|think|guess|see|know|mean|hope|get|should|could|can|will|would|might|must|had|was|were|did|am|are|may|wonder|believe|feel|forgot|tried|try|just|really need|found|suppose|assume|noticed|got|saw|don|can|couldn|won)\b)\p{L}+/iu;

/** How things are done, without a name or number: "dependencies go through X". */
const conventional =
  /^(?:(?:the|our|this|all|every|each) )?[\w][\w -]{1,40}?\s(?:uses?|go(?:es)? (?:through|to|via)|(?:starts?|begins?|ends?) with|comes? (?:from|out of)|lives? in|runs? (?:on|with|in)|sits? in|(?:is|are) (?:done|built|managed|written|run|handled|stored|kept) (?:with|in|by|via|under))\s+(?!(?:the|a|an|it|this|that|them|too|more|null)\b)\S{2,40}(?: \S{1,20})?[.!]?$/i;
const bad =
  '(?:slow|broken|wrong|done|ready|fine|ok|okay|good|great|late|down|up|back|gone|here|there|next|missing|green|red|working|failing|not|too|so|very|still|again|almost)';
/** "Our customers are dentists", "we're a small shop". */
const ownState = new RegExp(
  `^(?:(?:my|our) [^,]{2,40}? (?:is|are) (?!${bad}\\b)\\S|(?:we|we['’]re|we are) (?:are )?an? (?!${bad}\\b|bit\\b|little\\b|few\\b)\\S)`,
  'iu',
);
const abstains =
  /^(?:i|we) (?:don['’]t|do not|never|can['’]t) (?!(?:know|think|understand|see|get|remember|have|want|need|care|mind|mean|believe|find|recall|agree|like that)\b)\p{L}+/iu;
const hereIs = /^(?:hands off \S+, )?it['’]?s (\S+) (?:here|in this (?:repo|repository|project|codebase)|everywhere|for us)[.!]?$/i;
export const travelling = /\b(?:brb|afk|bbl|gtg|ttyl)\b|\bmy (?:train|flight|bus|taxi|plane|ferry|cab|uber|lunch|coffee)\b/i;

/** "..., you used the wrong one": a reproach to the agent is no trouble of the project. */
const blaming = /(?:^|[,;–—.-]\s+)(?:and |but )?you (?:\p{L}+ed|used|put|wrote|took|had|got|made|said|chose|forgot|missed)\b/iu;

/** "Find out why it never arrived" asks; its "never" is no rule. */
const inquiry =
  /^(?:please |pls |now |then |and |just )*(?:find out|find|check|look(?: up| into| at)?|see|figure out|tell me|show me|explain|investigate|debug|trace|test|verify)\b.{0,40}?\b(?:why|how|if|whether|what|where|which|who|that)\b(?!.*\b(?:before|after|every|each|whenever|always)\b)/i;
/** What the agent is in the habit of and should leave. */
const habitToEnd =
  /^(?:please |pls )?(?:stop|quit|enough) (?:with |of )?(?:the |these |those |this |all |\p{L}+ing )(?=.*\b(?:each|every|all the time|these|those|at the end of|in (?:your|the) (?:answers?|replies|messages?|summar\p{L}+))\b)/iu;
/** "Drop comments that just repeat the code": a whole class of things. */
const merely =
  /^(?:please |pls |and )*(?:drop|skip|avoid|omit|leave out|no)\s+(?:\p{L}+ )?\p{L}+s (?:that|which) (?:just|only|merely|simply)\b/iu;

/** "I'm done with X", "I'm a bit fond of Y": how somebody feels about something, where a role, a place or a name would be who they are. */
const ofMood =
  /(?:^|[,;] |\b(?:and|so|but) )(?:i am|i['’]m|im) (?:(?:so|very|really|almost|quite|rather|pretty|a (?:bit|little)|kind of|totally|basically|already|just|only|still|not|now|all) )*(?!(?:based|located|responsible|named|called|born|employed|hired|assigned|allergic|blind|deaf)\b)(?:\p{L}+(?:ed|ing|y|ful)|done|fond|afraid|sick|glad|sure|fine|good|ok|okay|ready|back|off|out|away|late|proud|aware|through|up|down|here|there|at|about|sold|torn|lost|stuck|over)\b|^i have (?:got )?(?:an?|one|two|three|four|five|\d) (?!(?:mac|windows|linux|team|company)\b)/iu;
/** "You can find the schema in docs/x": where something is. */
const whereToFind =
  /^you(?:['’]ll| can| will| may)? (?:always )?(?:find|reach|see|read|download|get (?:to|at)) [^,;]{2,60} (?:in|at|on|under|via|through) \S/iu;
/** "Keep answers short", "make commits small": how all of them are to be. */
const keepThemSo =
  /^(?:please )?(?:keep|make|leave|write) (?:the |your |all |our |any )?(?:\p{L}+ )?\p{L}{3,}[^s\W]s (?!(?:in|on|at|to|for|that|which|and|from|with|as|it|there|here|green|red|pass|work|available|work\p{L}*)\b)\p{L}{3,}(?=$|[,.;]| (?:and|but|so|in|when|unless|please)\b)/iu;
/** "Stay with X", "keep using Y": an order to let something go on is how it is to be. */
const continuing =
  /^(?:please |let['’]?s |we )*(?:stay (?:with|on|in)|stick (?:to|with)|keep (?:to|using|with|on using)|hold (?:on )?to|carry on with|go on with|remain (?:on|with|in)) (?!(?:it|that|this|them|those|these|me|us|you|track|going|course)\b)\S/iu;
/** "Nothing from outside": forbidden without a verb. */
const nothingOf =
  /^(?:nothing|nobody|none|no one) (?!(?:else|to|new|more|much|wrong|special|yet|happened|changed|works?|is|was|in it|in there|from (?:him|her|them|you)|for (?:now|today)))(?:from|in|on|to|with|outside|but|except|over|under|above|below|without) \S+ \S/iu;

/** Whether the main clause is in the past: a present finite verb before the first past form makes the past form part of something else. */
function tellsPast(sentence: string): boolean {
  if (!isPast(sentence)) return false;
  const text = sentence.charAt(0).toLowerCase() + sentence.slice(1);
  const present =
    /(?<=[\p{L}\d`"’')])(?: (?:is|are|has to|have to|can|can['’]t|must|should|needs?|gets?)(?! (?:been|had)\b)|['’](?:re|m))\b/iu.exec(text)
      ?.index ?? -1;
  const past = pastVerb.exec(text)?.index ?? -1;
  return (
    present < 0 ||
    past < 0 ||
    present > past ||
    /\b(?:that|which|who|because|since|if|when|where|what|how|why|whether)\b/i.test(text.slice(0, present))
  );
}

/** Said past and over, not a present passive ("is stored in"). */
export function isPast(sentence: string): boolean {
  if (/\b(?:owns|reviews|maintains|leads|manages|approves|handles)\b/.test(sentence)) return false;
  // "Had soup" drops its subject; a capital elsewhere is a name.
  const text = sentence.charAt(0).toLowerCase() + sentence.slice(1);
  return pastVerb.test(text.replace(passive, ' ').replace(relative, ' '));
}

/** Without a name or a figure it takes this many content words to say what came about. */
const enoughWords = 5;

/** Something that came about by one's own doing and still holds: "we closed the round at 3M", "I expanded to ten shops". */
function isResult(sentence: string, frame: Frame): boolean {
  return achieved.test(sentence) && (isAnchored(sentence, frame) || terms(sentence).length >= enoughWords);
}

/** Somebody's advice, or a wish that the speaker does not share; agreement makes it the speaker's own. */
const advice =
  /^(?!(?:i|we)\b)[^,;]{2,40}?\b(?:suggests?|recommends?|proposes?|insists? on|push(?:es)? for|keeps? (?:pushing|asking|suggesting|proposing|insisting)|argues? for|votes? for|advises?|urges?)\b/iu;
const wish = /^(?!(?:i|we)\b)[^,;]{2,40}?\b(?:wants?|prefers?|likes?|would (?:like|prefer|rather)|favou?rs?|hopes?)\b/iu;
const unshared =
  /\b(?:but|though|although|however)\b|\bwe(?:['’]ll| will| shall) see\b|\b(?:not|isn['’]t|hasn['’]t been|never|nothing is|un)\s?(?:yet )?(?:decided|settled|agreed)\b|\bi(?:['’]m| am) not\b|\bno decision\b/i;
const shared = /\b(?:and|so|which) (?:i|we) (?:agree\w*|accept\w*|did|do|went|took|follow\w*|will|now)\b|\b(?:i|we) agreed?\b/i;

function isOpinion(sentence: string): boolean {
  return !shared.test(sentence) && (advice.test(sentence) || (wish.test(sentence) && unshared.test(sentence)));
}

/** What a user's sentence to an agent is worth; null: nothing to keep. */
export function judgeUser(sentence: string, frame: Frame, setting: Setting): Verdict | null {
  if (frame.question || sentence.split(/\s+/).length < 2 || sentence.length < 6) return null;
  if (
    (smallTalk.test(sentence) && frame.oldValue === null && !forbidsWithNo.test(sentence)) ||
    joke.test(sentence) ||
    frame.hypothetical ||
    reported.test(sentence) ||
    isOpinion(sentence)
  )
    return null;
  if (
    /^(?:while|although|though|because|since(?! (?:\d|(?:the \p{L}+ |\p{L}+ ){1,2}(?:every|all|each|any|we|only|no|the)\b|last|the \p{L}+ of|\p{L}+day|january|february|march|april|may|june|july|august|september|october|november|december|v?\d))|given)\b[^,;–—-]*$/iu.test(
      sentence,
    )
  )
    return null;
  if (/^\([^()]*\)?$|^["“][^"“”]*["”]\.?$/.test(sentence)) return null;
  if (/^(?:that|this)(?:['’]s| is) (?:how|what|why|it|all|the way)\b/i.test(sentence)) return null;
  if (frame.tentative && !strongRule.test(sentence)) return null;
  const kind = kindOf(sentence, frame, setting);
  if (kind === null) return null;
  return setting.reply !== null && correcting.test(setting.reply) && kind.signal === undefined ? { ...kind, signal: 'correction' } : kind;
}

function kindOf(sentence: string, frame: Frame, setting: Setting): Verdict | null {
  const asserted = (durability: Durability, signal?: Signal): Verdict => ({
    durability,
    force: 'asserted',
    ...(signal === undefined ? {} : { signal }),
  });
  if (frame.revokes) return { durability: 'current', force: 'revoked' };
  const preference = preferring.test(sentence) && !asks.test(sentence);
  const today =
    /\b(?:today|tonight|this (?:morning|afternoon|evening))\b/i.test(sentence) &&
    !/\b(?:as of|starting|from|since) today\b/i.test(sentence);
  if (frame.temporary || today) return frame.rule || preference || frame.value !== null ? asserted('momentary') : null;
  if (setting.toRemember) return asserted('standing');
  if (inquiry.test(sentence)) return asserted('momentary', 'choice');
  if (habitToEnd.test(sentence) || merely.test(sentence)) return asserted('standing');
  if (isRule(frame, sentence) || preference) return asserted('standing');
  if (setting.atWork && whereToFind.test(sentence) && hardValues(sentence).length > 0) return asserted('current');
  if (setting.atWork && keepThemSo.test(sentence)) return asserted('standing');
  if (/^you (?:can|could|may|should)\b/i.test(sentence)) return asserted('momentary', 'choice');
  if (asks.test(sentence)) return asserted('momentary', 'choice');
  if (setting.atWork && continuing.test(sentence)) return asserted('current');
  if (
    setting.atWork &&
    (nothingOf.test(sentence) || (forbidsWithNo.test(sentence) && !/\b(?:yet|now|today|so far|left)\b/i.test(sentence)))
  )
    return asserted('standing');
  if (frame.imperative) {
    if (prohibits.test(sentence)) return asserted('standing');
    const task = taskVerb.test(sentence) && !generalScope.test(sentence) && !withTool.test(sentence) && !inLanguage.test(sentence);
    if (frame.attribute === 'owner' && frame.value !== null) return asserted('standing');
    const vague =
      frame.valueKind === 'words' &&
      /^(?:the|this|that|these|those|it|its|them|existing|same|a|an|one|another|all|both|my|our|your|\w+ing)\b/i.test(frame.value ?? '');
    if (task || frame.value === null || (vague && !generalScope.test(sentence))) return asserted('momentary', 'choice');
    return asserted(generalScope.test(sentence) ? 'standing' : 'current');
  }
  const past = setting.atWork ? tellsPast(sentence) : isPast(sentence);
  const words = sentence.split(/\s+/).length;
  const turn = frame.oldValue !== null || turning.test(sentence);
  const trouble =
    !blaming.test(sentence) &&
    !/\b(?:reported|logged|tracked|collected|sent|handled|shown) (?:in|to|by|with|through)\b/i.test(sentence) &&
    (problem.test(sentence) || causeOf(sentence) !== null) &&
    !(setting.atWork && isHealthy(genericPredicate(sentence))) &&
    !isOfAnySuch(sentence) &&
    !/\btimes out after \d|\b(?:fails?|expires?|refuses?|rejects?|denies) (?:after|above|over|below|under|beyond) \d/i.test(sentence) &&
    sentence.length <= 160 &&
    !habit.test(sentence) &&
    !turn &&
    !tellsFigure(sentence, frame);
  const history = past && !turn && lasting.test(sentence) && frame.value !== null && isAnchored(sentence, frame);
  if (history && !setting.atWork && ofSomebody.test(sentence)) return asserted('current');
  if (trouble) return asserted('episode', 'failure');
  if ((passingState.test(sentence) && !turn) || travelling.test(sentence)) return null;
  if (words <= 14 && (ownState.test(sentence) || hereIs.test(sentence) || (words <= 8 && abstains.test(sentence))))
    return asserted('current');
  if (standingSelf.test(sentence) && !past && !(setting.atWork && ofMood.test(sentence))) return asserted('standing');
  if (!setting.atWork && isResult(sentence, frame)) return asserted('current');
  if (!setting.atWork && !past && words >= 4 && weAre.test(sentence) && !passingState.test(sentence.replace(weAre, "I'm ")))
    return asserted('current');
  if (words <= 10 && conventional.test(sentence)) return asserted('current');
  if (history) return asserted('current');
  if (past && !turn && !setting.atWork && words >= 4 && (!pronounFirst.test(sentence) || isAnchored(sentence, frame)))
    return asserted('episode');
  if (past && !turn) return null;
  if (!past && words <= 10 && /^we\b/i.test(sentence) && habitual.test(sentence)) return asserted('current');
  if (setting.atWork && !past && words <= longestHabit && tells(sentence, frame)) return asserted('current');
  if (frame.value === null || (pronounFirst.test(sentence) && frame.oldValue === null)) return null;
  return frame.oldValue !== null ||
    (words <= 16 && general.test(sentence)) ||
    isAnchored(sentence, frame) ||
    givesSetting(sentence, frame) ||
    namesThing(frame) ||
    (!past && habitual.test(sentence) && words <= 16)
    ? asserted('current')
    : null;
}

/** A habit with more words than this is a story. */
const longestHabit = 40;

/** Words of trouble in the subject only name a thing: "error codes start with E". */
function isHealthy(predicate: string | null): boolean {
  return predicate !== null && !problem.test(predicate);
}

/** How something regularly is, with a name, a value or a word for every case in it. */
function tells(sentence: string, frame: Frame): boolean {
  if (isOfEveryCase(sentence) || isOfAnySuch(sentence) || genericPredicate(sentence) !== null) return true;
  return (
    (isAnchored(sentence, frame) || everybody.test(sentence) || /\bonly\b/i.test(sentence) || thingsIn(terms(sentence)).length > 0) &&
    (isOfAnySuch(sentence) || isHabitualPresent(sentence))
  );
}

const properName = /(?<!^)(?<![.!?:]\s)(?<![“"'`])\b\p{Lu}[\p{L}\d.+#-]*\p{L}\b/u;
const numberWord = /\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|single|double)\b/i;
const everybody = /\b(?:all|every|any|anything|everything|each|you|nobody|anyone)\b/i;
const thisTask = /\b(?:make|be) sure\b|\bremember to\b/i;

/** An order counts as a rule when it says so, or when it speaks of every case. */
function isRule(frame: Frame, sentence: string): boolean {
  if (!frame.rule) return false;
  if (strongRule.test(sentence) || generalScope.test(sentence)) return true;
  if (frame.imperative) return !thisTask.test(sentence) && !taskVerb.test(sentence);
  if (/\brather than\b|\bonly[.!]?$|^no \w+/i.test(sentence)) return sentence.length <= 100;
  if (problem.test(sentence)) return false;
  // "The button should be blue" is the task; "PRs need a look by Ann", "files must stay below 2 MB" are rules.
  return everybody.test(sentence) || properName.test(sentence) || hardValues(sentence).length > 0;
}

export function isAnchored(sentence: string, frame: Frame): boolean {
  if (hardValues(sentence).length > 0 || properName.test(sentence) || numberWord.test(sentence) || frame.valueKind === 'name') return true;
  return frame.value !== null && /\p{Lu}/u.test(frame.value);
}
