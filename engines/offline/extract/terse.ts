// Spells terse developer talk out: a command before its condition, "hands off X", "X → Ann", a bare port.

const commandWhen = /^(`[^`]{2,80}`),? ((?:before|after|when|whenever|once|every time|each time) .+)$/i;
const handsOff = /^hands off (.+)$/i;
const noMore = /^no more (\p{L}[^,;:]{2,60}?)(?: any ?more| please)?$/iu;
const forPerson = /^(.{2,60}?)\s*(?:→|->|=>|⇒)\s*(\p{L}[\p{L}.'’-]{1,20})(?: (?:now|again|from now on))?$/iu;
const reviewing = /\b(?:review(?:s|er|ers|ed|ing)?|approv(?:e|es|er|al|als)|owner|assign(?:ed|ee)?)\b/i;
const listening =
  /\b((?:sits?|listens?|runs?|answers?|lives?|is|are|binds?|serves?|starts?(?: up)?) on) (\d{4,5})(?!\d|[.:/-]\d|\s*(?:px|ms|mb|gb|users?|machines?|hosts?|items?|rows?|servers?|%))/i;
const portFirst =
  /^(\d{4,5}) (is|belongs to) (?=(?:the|our|for|an?)\b.*\b(?:server|service|api|app|application|proxy|ui|frontend|backend|database|db|storefront|admin|dashboard|site|website|redis|cache|worker|container)\b)/i;
const everywhere = /^(.{3,50}?)(?: (?:goes|go))? to (\d[\w.%]*) (everywhere|on (?:all|every) .{3,30}|in (?:all|every) .{3,30})$/i;

/** `context` is what the agent said before: it may tell what the people are named for. */
export function spelledOut(sentence: string, context: string): string {
  const text = sentence.replace(/[.!]+$/, '');
  const command = commandWhen.exec(text);
  if (command !== null) return `Run ${command[1]} ${command[2]}`;
  const off = handsOff.exec(text);
  if (off !== null) return `Don't edit ${(off[1] ?? '').replace(/, (?:thats|that['’]s|its|it['’]s) /, ', that is ')}`;
  const ended = noMore.exec(text);
  if (ended !== null) return `Never use ${ended[1]} any more`.replace(/ any more$/, '').replace(/^Never use (\p{L}+ing)\b/u, 'No more $1');
  const person = forPerson.exec(text);
  if (person !== null && reviewing.test(`${context} ${text}`))
    return `Reviewer for ${(person[1] ?? '').replace(/\s*reviews?$/i, '')}: ${capital(person[2] ?? '')}`;
  const set = everywhere.exec(text);
  if (set !== null && !/^(?:go|move|switch|set|change|raise|bump|lower|from|back|up|down)\b/i.test(set[1] ?? ''))
    return `${set[1]} is ${set[2]} ${set[3]}`;
  return text
    .replace(portFirst, 'Port $1 $2 ')
    .replace(listening, (whole, verb: string, port: string) => (isPort(port) ? `${verb} port ${port}` : whole));
}

/** Years look like ports. */
function isPort(text: string): boolean {
  const port = Number(text);
  return port >= 1024 && port <= 65_535 && !(port >= 1990 && port <= 2040);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
