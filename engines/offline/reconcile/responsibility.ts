// Who answers for what, in whatever words: "X owns the parser", "parser: ask X", "the parser is X's now", "loop in X for the parser".

export interface Responsibility {
  person: string;
  /** Who it was before, where the sentence says so. */
  before: string | null;
  /** The sentence without the persons. */
  rest: string;
}

const cue =
  /\b(?:owns?|owned|owner|owners|ownership|reviews?|reviewed|reviewer|reviewers|reviewing|maintains?|maintained|maintainer|responsible|in charge|approves?|approval|approve|sign(?:s|ed)? off|sign-off|thumbs up|(?<=[>:=,] ?)ask|(?<=^|[>:=,;] )(?:[Aa]sk|[Cc]ontact|[Pp]ing|[Ll]oop in)|loop in|(?:talk|speak|reach out|turn) to(?= \p{Lu})|goes? (?:to|through|via)|belongs? to|took over|takes over|taken over|hand(?:s|ed)? over|handed|passed|assigned|assignee|looks after|in the hands of|(?:lands?|merged?|ships?|goes in|happens) without|point person|go-to|(?<=\b(?:the|our|as) )contact(?= (?:for|of|person)\b)|^contacts? (?:for|of)\b|codeowner)\b|\p{Lu}\p{L}+['’]s (?:now|anymore|any more)\b|\p{Lu}\p{L}+['’]s\s*(?:[,.]|$)/u;
const notPersons = new Set(
  'The This That These Those There It He She They We You I A An And But So If When Since For From To In On At By With As Of No Not Yes Ok Okay Please Slack Github Gitlab Jira PR PRs MR API UI CI CD QA Anything Everything Nobody Somebody Someone Anyone Anybody User Team Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December New Old Now Changes Reviews Review Owner Reviewer Contact Questions Ask Ping Only Every Each All Any My Our Your His Her Their Its'.split(
    ' ',
  ),
);
const formerly =
  /\b(?:used to be|formerly|previously|not|no longer|instead of|rather than|was|from|took over from|takes over from|left|until)\b[^.,;]{0,40}$/i;

/** null when the sentence is about something else or names nobody, or several without saying who came before. */
export function responsibilityIn(text: string): Responsibility | null {
  if (text.length > 160 || !cue.test(text)) return null;
  const persons: { name: string; start: number; end: number; former: boolean }[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\d#@/._-])\p{Lu}\p{Ll}{1,20}(?![\p{L}\d_/]|-\p{L})(?:['’]s)?/gu)) {
    const name = match[0].replace(/['’]s$/, '');
    if (notPersons.has(name)) continue;
    // A capital at the start may be any word; a person there is followed by a verb.
    if (
      match.index === 0 &&
      !/^\s+(?:has|owns?|is|was|wrote|writes|reviews?|maintains?|approves?|handles?|takes|took|leads?|knows|looks|needs|signs|will|must|should|does)\b/.test(
        text.slice(match[0].length),
      ) &&
      !/['’]s$/.test(match[0])
    )
      continue;
    const former = formerly.test(text.slice(Math.max(0, match.index - 48), match.index)) || isInBrackets(text, match.index);
    persons.push({ name, start: match.index, end: match.index + match[0].length, former });
  }
  const present = persons.filter((person) => !person.former);
  const chosen = present.length > 0 ? present : persons.length === 1 ? persons : [];
  const names = [...new Set(chosen.map((person) => person.name))];
  const [person] = names;
  if (person === undefined || names.length > 1) return null;
  let rest = text;
  for (const one of [...persons].reverse()) rest = `${rest.slice(0, one.start)} ${rest.slice(one.end)}`;
  return { person, before: persons.find((one) => one.former && one.name !== person)?.name ?? null, rest };
}

/** "New owner: A (B is on leave)": what stands in brackets explains, it does not name the owner. */
function isInBrackets(text: string, at: number): boolean {
  return text.lastIndexOf('(', at) > text.lastIndexOf(')', at) && text.lastIndexOf('(', at) > 0;
}
