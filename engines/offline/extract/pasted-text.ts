// Text of others inside a message: what stands between two drawn lines, and what is written for machines that read it.

const drawn = /^\s{0,8}([-=*_~+#])\1{1,80}(?:\s+(\S.{0,100}?)\s*)?(?:\1{2,80})?\s*$/;

/** The offset behind the line that closes what the line at `start` opens ("--- forwarded ---" … "--- end ---"); null if it opens nothing. */
export function endOfPaste(text: string, start: number, to: number): number | null {
  const opening = drawn.exec(lineAt(text, start));
  const mark = opening?.[1];
  if (mark === undefined || opening?.[2] === undefined || mark === '#' || mark === '*') return null;
  let lineStart = endOfLine(text, start) + 1;
  for (; lineStart < to; lineStart = endOfLine(text, lineStart) + 1) {
    const line = drawn.exec(lineAt(text, lineStart));
    if (line === null || line[1] !== mark) continue;
    // Another title is a heading of the speaker's own text, and so was the first.
    return line[2] === undefined || /\bend\b/i.test(line[2]) ? Math.min(endOfLine(text, lineStart) + 1, to) : null;
  }
  return null;
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

function lineAt(text: string, start: number): string {
  return text.slice(start, Math.min(endOfLine(text, start), start + 200));
}

/** A user says "you" to the agent; who says "AI systems reading this" wrote for any that come by. */
const machines = String.raw`(?:AIs?|LLMs?|(?:large )?language models?|chat ?bots?|bots|(?:AI|coding|virtual|automated|autonomous|intelligent) (?:systems?|agents?|assistants?|models?|tools?|readers?|crawlers?)|agents|assistants|crawlers)`;
const called = new RegExp(
  String.raw`^(?:[^\p{L}]{0,8})(?:(?:attention|note|notice|message|instructions?|important|warning)(?: (?:to|for))?[:,]? |dear |hey |hello )?(?:(?:all|any|every|the|an?) )?${machines}\b[^:.!?]{0,60}?(?::|,\s|\s(?:must|should|shall|are to|have to|need to|reading|parsing|processing|scanning|indexing|viewing|(?:who|that|which) (?:read|see|process|parse)s?)\b)`,
  'iu',
);
const ifMachine = new RegExp(String.raw`\bif you(?: a|['’])re (?:an? )?(?:automated )?${machines}\b`, 'iu');

export function speaksToMachines(sentence: string): boolean {
  const start = sentence.slice(0, 300);
  return called.test(start) || ifMachine.test(start);
}
