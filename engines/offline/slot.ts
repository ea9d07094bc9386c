// Finds subject, property and value in one sentence: labels, changes, copulas, tools for a purpose, single hard values.
import { change, choice, exchanged, insteadOf, notThat, usedToBe } from './slot-changes.ts';
import { owner } from './slot-owners.ts';
import { about, cutValue, nominal } from './slot-parts.ts';
import { setting } from './slot-settings.ts';
import type { Slot } from './slot-parts.ts';
import { hardValues, valueKind } from './value.ts';

const lead =
  /^(?:(?:please|pls|and|but|so|also|then|ok|okay|well|now|hey|no(?! more\b)|yes|actually|oh|just|by the way|btw|fyi|note(?: that)?|one thing|for the record|just so you know|remember(?: that)?|from now on|going forward|important|reminder|correction|update|standing rule|rule)[,:;–—-]*\s+)+/i;
const emphasis = /\*\*|__/g;

/** "The team deploys to X" and "we deploy to X" speak of the same. */
const team = /\b(?:the|our) (?:team|project)(?:['’]s)?\s/gi;

/** "The user, Jo, runs ..." speaks of the user. */
const named = /^(the user), \p{Lu}[^,]{1,50}, /iu;

export function parseSlot(sentence: string): Slot | null {
  const text = sentence
    .replace(emphasis, '')
    .replace(team, '')
    .replace(named, '$1 ')
    .replace(lead, '')
    .replace(/\s+/g, ' ')
    .replace(/[.!]+$/, '')
    .trim();
  if (text === '') return null;
  for (const form of forms) {
    const slot = form(text);
    if (slot !== null && slot.value.trim() !== '') return slot;
  }
  return null;
}

/** Tried in this order: what names its property outright comes before what only holds a value. */
const forms = [
  label,
  relativeSubject,
  setting,
  whatIsUsed,
  usedToBe,
  exchanged,
  insteadOf,
  notThat,
  change,
  owner,
  choice,
  valueFirst,
  copula,
  purpose,
  preference,
  verbValue,
  singleValue,
  withValue,
];
const row = /^\|\s*([^|]{1,80}?)\s*\|\s*([^|]{1,200}?)\s*\|$/;
const labelled = /^([^:=→|?]{2,80}?)\s*(?::\s|(?<=^[\w.-]{1,40}):(?!\/\/|\d\d\b)|=|→|->|⇒|=>|\s[–—]\s|\s--?\s)\s*(\S.*)$/;
const labelVerb =
  /\b(?:is|are|was|were|be|has|have|had|do|does|did|can|could|will|would|should|must|may|i|you|he|she|they|it)\b|['’](?:m|s not|re|ve|ll)\b/i;

function label(text: string): Slot | null {
  const match = row.exec(text) ?? labelled.exec(text);
  if (match === null) return null;
  const [, labelText = '', value = ''] = match;
  const name = labelText.replace(/\s+(?:since|as of) \d[^:]{0,24}$/i, '');
  if (/^https?$/i.test(name) || name.split(' ').length > 8 || labelVerb.test(name)) return null;
  const renewed = newAndOld.exec(value);
  if (renewed !== null)
    return {
      subject: name,
      attribute: renewed[1] ?? '',
      value: renewed[2] ?? value,
      oldValue: renewed[3] ?? null,
      rest: `${name} ${renewed[1] ?? ''}`,
    };
  const both = withFormer.exec(value);
  return { ...nominal(name), value: (both?.[1] ?? value).trim(), oldValue: both?.[2]?.trim() ?? null, rest: name };
}
const newAndOld =
  /^(?:the )?(?:new|now)\s+([\p{L} ]{2,30}?)\s+(?:is\s+)?(\S+?),?\s+(?:the )?(?:old|previous)(?: one)? (?:was|is|were)\s+(\S+)$/iu;
const withFormer =
  /^(.{1,80}?),?\s+(?:rather than|instead of|and not|not|\((?:was|formerly|previously|before:?|not)|formerly|previously|down from|up from)\s+([^)]{1,60})\)?$/i;
const prepositional = /^(.{2,70}?)\s+(?:with|via|through|under|in|on|at|by|to|into)\s+(\S{1,40}(?: \S{1,30}){0,3})$/i;

/** The last phrase of a short sentence: "We log with X". */
function withValue(text: string): Slot | null {
  const { core, tail } = cutValue(text);
  if (core.split(' ').length > 10) return null;
  const match = prepositional.exec(core);
  if (match === null) return null;
  const [, before = '', value = ''] = match;
  if (/^(?:the|a|an|this|that|it|them|me|us|you|my|our|your|all|some|any)\b/i.test(value)) return null;
  return { ...about(before, ''), value, oldValue: null, rest: `${before} ${tail}` };
}
const used =
  /^(\S.{0,40}?) is what (?:we|i|they|everyone)? ?(?:all )?(?:use|uses|run|runs|have|go with|work with)(?: (?:for|to) (.{2,50}))?(?: (?:here|now|everywhere))?$/i;

/** "X is what we use for Y". */
function whatIsUsed(text: string): Slot | null {
  const match = used.exec(text);
  return match === null
    ? null
    : { subject: match[2] ?? '', attribute: 'use', value: match[1] ?? '', oldValue: null, rest: `use ${match[2] ?? ''}` };
}

const copulaShape =
  /^(.{2,90}?)\s*(?:\b(?:is|are|was|were|will be|should be|must be|has to be|stays|remains|becomes|became|equals)\b|(?<=\w)['’]s(?= (?:a|an|the|now|at|on|in|\d|`|set|called)\b))\s+(.+)$/i;
const copulaSkip =
  /^(?:now|currently|still|officially|actually|really|always|usually|set to|set at|called|named|known as|located (?:in|at)|at|fixed at|capped at|pinned to|pinned at|changed to|due(?: on| by)?|scheduled for|planned for|equal to|done (?:with|via|by)|handled (?:by|with|via)|managed (?:by|with|via)|run (?:with|via|by)|stored in|kept in|hosted (?:on|at|by|in)|deployed (?:to|on|in)|owned by|reviewed by|maintained by|written in|built (?:with|on|by)|based (?:in|on)|from|in|on|with|via|by)\s+/i;

/** "born in the city of X", "associated with the sport of Y": the participle is the property. */
const participle =
  /^(?:now |currently |also |still )?(\p{L}+(?:ed|rn|en|wn|lt|un|nt|ld))\s+(?:by|in|at|on|to|with|from|as|under|into)\s+(?:the (\p{L}+) of\s+)?(\S.{0,80})$/iu;

/** "a citizen of X". */
const memberOf = /^an?\s+(\p{L}+)()\s+of\s+(\p{Lu}.{0,80})$/u;
/** "San Marino is located in X" is of San Marino; "test command" is a command. */
const properName = /^\p{Lu}\S*(?: \p{Lu}\S*)+$/u;
/** "The capital of X", "the name of X": one thing, whatever it is. */
const theOneOf = /^the \p{Ll}+(?: \p{Ll}+){0,3} of \S/iu;
const vague = /^(?:there|here|it|this|that|these|those|what|which|who|he|she|they|you|everything|nothing|something|i|we)$/i;

const cleft =
  /^(?!(?:this|that|it|which|what|here|there|the (?:question|problem|point)|all)\b)(\S.{0,50}?) is (?:how|where|when) ((?:the |my |our )?\p{L}+ .{2,60})$/iu;
const timesFirst =
  /^(\S.{0,30}?) is (?!(?:not|no|too|so|very|still|now|also|when|where|how)\b)((?:the |our |my )?\p{L}+(?: \p{L}+){1,3})$/iu;

/** "13:20 is standup time", "in a list is how the user wants answers": the value stands first. */
function valueFirst(text: string): Slot | null {
  const how = cleft.exec(text);
  if (how !== null) {
    const [, value = '', rest = ''] = how;
    return { subject: '', attribute: '', value, oldValue: null, rest };
  }
  const [, value = '', name = ''] = timesFirst.exec(text) ?? [];
  const [only] = hardValues(value);
  if (name === '' || only?.text !== value || !/^(?:time|date|weekday|channel|command)$/.test(valueKind(value))) return null;
  return { ...nominal(name), value, oldValue: null, rest: name };
}

const relativeShape =
  /^(the\s(?:[\p{L}-]+\s){1,3}(?:where|that|which|who|whom|whose)\s[^,;:]{2,60}?\s(?:is|are|was|were)\s[^,;:]{2,60}?)\s(?:is|are)\s(\S.{0,80})$/iu;

/** "The shop where the desk was bought is X": the verb within says what it is, the one behind gives the value. */
function relativeSubject(text: string): Slot | null {
  const match = relativeShape.exec(text);
  if (match === null) return null;
  const [, left = '', right = ''] = match;
  const { core, tail } = cutValue(right);
  return { ...nominal(left), value: core, oldValue: null, rest: `${left} ${tail}`, single: true };
}

function copula(text: string): Slot | null {
  const match = copulaShape.exec(text);
  if (match === null) return null;
  const [, left = '', right = ''] = match;
  if (vague.test(left.trim()) && !/^(?:i|we|he|she|they)$/i.test(left.trim())) return null;
  let value = right;
  let link = '';
  for (let skip = copulaSkip.exec(value); skip !== null; skip = copulaSkip.exec(value)) {
    link += `${skip[0]} `;
    value = value.slice(skip[0].length);
  }
  const { core, tail } = cutValue(value);
  if (core === '') return null;
  const done = participle.exec(core) ?? memberOf.exec(core);
  if (done !== null && link === '') {
    const [, verb = '', kind = '', object = ''] = done;
    return {
      subject: left,
      attribute: `${verb} ${kind}`.trim(),
      value: object,
      oldValue: null,
      rest: `${left} ${verb} ${kind} ${tail}`,
      single: true,
    };
  }
  const linkWord = link
    .replace(/\b(?:now|currently|still|officially|actually|really|always|usually|set|at|to|in|on|by|with|via|for|from|as)\b/gi, '')
    .trim();
  const { subject, attribute } = linkWord !== '' && properName.test(left) ? { subject: left, attribute: '' } : nominal(left);
  const unit = /^(port|version|branch|region|node|python|java|ruby|go|postgres|room|floor)\s+(\S+)$/i.exec(core);
  if (unit !== null)
    return {
      subject: left,
      attribute: unit[1] ?? '',
      value: unit[2] ?? core,
      oldValue: null,
      rest: `${left} ${link} ${unit[1] ?? ''} ${tail}`,
    };
  return {
    subject,
    attribute: [attribute, linkWord].filter((part) => part !== '').join(' ') || 'be',
    value: core,
    oldValue: null,
    rest: `${left} ${link} ${tail}`,
    single: theOneOf.test(left),
  };
}
const purposeShape =
  /^(.*?)\b(?:use|uses|used|using|go with|rely on|relies on|stick to|stick with)\s+(\S[^,;]{0,60}?)\s+(?:for|to|as|in|when|on|with)\s+(.+)$/i;
const toolShape =
  /^(.*?)\b(?:run|runs|do|does|handle|handles|manage|manages|build|builds|test|tests|lint|format|deploy|deploys|start|starts|install|installs|write|writes|ship|ships)\s+(\S[^,;]{0,40}?)\s+(?:with|via|using|through|by running|to|on|in|into)\s+(\S.{0,80})$/i;

function purpose(text: string): Slot | null {
  const match = purposeShape.exec(text);
  if (match !== null) {
    const [, before = '', value = '', goal = ''] = match;
    return { subject: goal, attribute: 'use', value, oldValue: null, rest: `${before} ${goal}` };
  }
  const tool = toolShape.exec(text);
  if (tool === null) return null;
  const [whole, before = '', object = '', value = ''] = tool;
  const { core, tail } = cutValue(value);
  return {
    subject: object,
    attribute: 'use',
    value: core,
    oldValue: null,
    rest: `${whole.slice(0, whole.length - value.length)} ${before} ${tail}`,
  };
}
const preferShape =
  /^(.*?)\b(?:prefers?|likes?|loves?|hates?|dislikes?|wants?|uses?|likes to use|enjoys?|favou?rs?|speaks?|owns?|drives?|plays?)\s+(\S.{0,90})$/i;

/** "plays the position of X": the article says that there is one. */
const ofKind = /^the (\p{Ll}+) of (\S.*)$/u;

function preference(text: string): Slot | null {
  const match = preferShape.exec(text);
  if (match === null) return null;
  const [whole, before = '', object = ''] = match;
  if (before.length > 80) return null;
  const verb = whole.slice(before.length, whole.length - object.length).trim();
  const { core, tail } = cutValue(object.replace(/^(?:to use|using|having)\s+/i, ''));
  if (core === '') return null;
  const [, kind = '', named = ''] = ofKind.exec(core) ?? [];
  if (named !== '')
    return {
      subject: before,
      attribute: `${verb} ${kind}`,
      value: named,
      oldValue: null,
      rest: `${before} ${verb} ${kind} ${tail}`,
      single: true,
    };
  return { subject: before, attribute: verb, value: core, oldValue: null, rest: `${before} ${verb} ${tail}` };
}
const verbShape =
  /^(.{1,80}?)\b(?:lives?|listens?|works?|worked|runs?|starts?|deploys?|goes|go|ships?|happens?|studie[sd]|study|studies|costs?|takes?|exposes?|binds?|requires?|needs?|supports?|targets?|expires?|closes?|opens?|pays?|sits?|reports?|belongs?|owns?|reviews?|maintains?|handles?|moved|born|married|teaches|founded|died|plays?|speaks?|comes?|lands?|begins?)\s+(?:(?:by|at|on|in|to|as|for|from|with|under|via|into|every|each|port|the \w+ of|the)\s+)*(\S.{0,80})$/i;

function verbValue(text: string): Slot | null {
  const match = verbShape.exec(text);
  if (match === null) return null;
  const [whole, before = '', object = ''] = match;
  const verb = whole.slice(before.length, whole.length - object.length).trim();
  const { core, tail } = cutValue(object);
  if (core === '') return null;
  const hard = hardValues(core);
  const only = hard.length === 1 ? hard[0] : undefined;
  if (only !== undefined && only.text.length < core.length) {
    const restOfCore = `${core.slice(0, only.start)} ${core.slice(only.end)}`;
    return { subject: before, attribute: verb, value: only.text, oldValue: null, rest: `${before} ${verb} ${restOfCore} ${tail}` };
  }
  return { subject: before, attribute: verb, value: core, oldValue: null, rest: `${before} ${verb} ${tail}` };
}

function singleValue(text: string): Slot | null {
  const [only, ...others] = hardValues(text);
  if (only === undefined || others.length > 0) return null;
  const rest = `${text.slice(0, only.start)} ${text.slice(only.end)}`;
  return { ...about(text.slice(0, only.start), text.slice(only.end)), value: only.text, oldValue: null, rest };
}
