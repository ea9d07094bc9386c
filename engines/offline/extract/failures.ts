// Failures that tool output shows and people report: which line says it, what kind of cause it names.
import { isInstructionLike } from '../../../domain/instruction-like.ts';

/** Kinds of causes, general to software work; the first that fits names the failure. */
const causes: [string, RegExp][] = [
  [
    'authentication',
    /\b401\b|unauthori[sz]ed|authentication (?:required|failed)|(?:log-?in|sign-?in) required|(?:token|session|login|credentials?|certificate) (?:has |have |is |are |was )?(?:expired|invalid|revoked)|expired (?:token|session|login|credentials?)|(?:token|login|session)\b[^.]{0,30}\bexpired|invalid (?:credentials|token|api key)|re-?authenticat|not logged in|bad credentials/i,
  ],
  [
    'disk space',
    /no space left|disk (?:quota|is full|full|space|usage)|enospc|(?:os ?error|errno)[: ]? ?28|\b(?:volume|disk|drive|partition|agent|runner|storage|machine)\b[^.]{0,20}\b(?:is |at )?(?:\d+ ?% )?full|\b(?:9[5-9]|100)%(?! of)|out of (?:disk|storage)/i,
  ],
  ['memory', /out of memory|\boom\b|heap out|oomkilled|cannot allocate memory|memoryerror|exit (?:code )?137/i],
  ['permission', /permission denied|\beacces\b|\beperm\b|\b403\b|forbidden|operation not permitted|access denied/i],
  ['port in use', /eaddrinuse|address already in use|port \d+ (?:is )?(?:already )?in use/i],
  ['rate limit', /\b429\b|too ?many ?requests|rate limit(?:ed| exceeded)/i],
  [
    'network',
    /econnrefused|econnreset|enotfound|connection (?:refused|reset|closed)|could not resolve|network (?:is )?unreachable|getaddrinfo|dns|\b50[234]\b|tls handshake/i,
  ],
  ['timeout', /timed? ?out|etimedout|deadline exceeded|timeout/i],
  [
    'missing module',
    /modulenotfounderror|cannot find module|no module named|importerror|module not found|command not found|could not find (?:package|crate)|unresolved import/i,
  ],
  ['missing file', /enoent|no such file|file not found|does not exist/i],
  ['merge conflict', /merge conflict|conflict \(|automatic merge failed/i],
  ['generated files', /generated (?:files?|code) (?:is |are )?(?:out of date|stale|outdated|differ)/i],
  ['type error', /\bts\d{4}\b|type ?error|is not assignable|mypy|incompatible type/i],
  ['syntax error', /syntaxerror|unexpected token|parse error|indentationerror/i],
  [
    'test',
    /assert(?:ion)?(?:error| failed)|\bfail(?:ed|ures?|ing)?\b.{0,40}\btests?\b|\btests?\b.{0,40}\bfail|\w+tests?\b.{0,40}(?:fail|timed out|expected)|expected .{1,40}(?:got|received|to be|true|false)|✗|✕/i,
  ],
];

const failing =
  /\b(?:error|errors?:|errno|fail(?:ed|ure|s|ing)?|fatal|panic|exception|denied|unauthori[sz]ed|expired|refused|unreachable|cannot|can't|could not|couldn't|unable to|not found|no space left|timed? ?out|timeout|killed|oserror|conflict|out of (?:date|memory|space)|required|quota|toomanyrequests|too many requests|e[a-z]{4,10}(?=[:,]))\b|Error\b|✗|✕|FAIL|\b(?:9[5-9]|100) ?%(?! of)/i;
const harmless =
  /\b(?:0 (?:errors?|failed|failures)|no errors?|errors?: ?0|without errors?|error handling|errorhandler|on_error|onerror|if err|catch|warnings? only|unused variable)\b/i;
const commandsReader =
  /\b(?:always|never|must|please|remember|ignore|you should|your (?:ai|agent|assistant)|assistants?|copilots?|agents?\b.{0,20}\bshould|memory directive|from now on|instructions?|system:)\b/i;

export interface Failure {
  /** Offsets of the line. */
  start: number;
  end: number;
  cause: string;
  /** The line without times, numbers of lines and addresses: equal for equal failures. */
  normalised: string;
}

const perEvent = 2;
const longestLine = 400;
/** Failures stand at the head or at the tail of an output; the middle of a long one is not searched. */
const margin = 20_000;

/** A person stopped the tool: nothing went wrong. */
const stoppedByUser =
  /^\s{0,8}(?:\[?request interrupted|the (?:user|operator) (?:doesn['’]t|does not|did not|declined|rejected|denied|refused|interrupted|cancell?ed))/i;

export function failuresIn(text: string, failed: boolean): Failure[] {
  if (stoppedByUser.test(text.slice(0, 200))) return [];
  if (text.length > 2 * margin) return [...scan(text, 0, margin), ...scan(text, text.length - margin, text.length)].slice(0, perEvent);
  const found = scan(text, 0, text.length);
  if (found.length > 0 || !failed) return found;
  const first = /\S[^\n]{0,399}/.exec(text);
  return first === null || commandsReader.test(first[0]) || isInstructionLike(first[0])
    ? []
    : [
        {
          start: first.index,
          end: first.index + first[0].trimEnd().length,
          cause: causeOf(first[0]) ?? 'other',
          normalised: normalise(first[0]),
        },
      ];
}

function scan(text: string, from: number, to: number): Failure[] {
  const found: Failure[] = [];
  const seen = new Set<string>();
  for (let start = from; start < to && found.length < perEvent;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 || newline > to ? to : newline;
    const length = end - start;
    if (length > 3 && length <= longestLine) {
      const line = text.slice(start, end);
      if (failing.test(line) && !harmless.test(line) && !commandsReader.test(line) && !isInstructionLike(line) && !isCode(line)) {
        const cause = causeOf(line);
        const normalised = normalise(line);
        if (
          (cause !== null || /^(?:\s*(?:error|fatal|panic|fail(?:ed)?|e\s)\b|.{0,60}\b\w*(?:Error|Exception):)/i.test(line)) &&
          !seen.has(normalised)
        ) {
          const indent = line.length - line.trimStart().length;
          found.push({ start: start + indent, end: start + line.trimEnd().length, cause: cause ?? 'other', normalised });
          seen.add(normalised);
        }
      }
    }
    start = end + 1;
  }
  return found;
}

/** Source code and search hits mention errors without having one. */
function isCode(line: string): boolean {
  return /[{};]\s*$|^\s*(?:\/\/|#|\*|\/\*|import |from |const |let |var |def |class |return |if |else|try|except|raise |throw |[+-] )|^\s*\d+[:→|]|^\S+:\d+:\s*(?!.*\berror\b)/.test(
    line,
  );
}

export function causeOf(text: string): string | null {
  return causes.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

export function normalise(line: string): string {
  return line
    .trim()
    .replace(/^(?:\[[^\]]{1,40}\]\s*)+/, '')
    .replace(/\b(?:mon|tue|wed|thu|fri|sat|sun)\w*\b\.?/gi, ' ')
    .replace(/\d{4}-\d\d-\d\d[T ]?(?:\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?|\b\d{1,2}:\d\d(?::\d\d)?\b/g, ' ')
    .replace(/0x[0-9a-f]+|\b[0-9a-f]{7,40}\b/gi, '#')
    .replace(/(?:\/[\w.@-]+){2,}/g, (path) => path.slice(path.lastIndexOf('/') + 1))
    .replace(/:\d+(?::\d+)?\b/g, '')
    .replace(/\b\d+(?:\.\d+)?(?=\s?(?:ms|s|sec|seconds|min|%)\b)/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, 160);
}

const fixed =
  /\b(?:helped|helps|fixed (?:it|that|this)|fixes it|works? (?:now|again)|working again|(?:goes|went) through(?! (?:the|an?|our|its?)\b)|did the trick|solved|resolved|alive again|gone now|worked|back to normal|green again|passes (?:now|again)|unblocked|re-?authenticated|logged in again)\b/i;

/** A message that says that the trouble before is over. */
export function reportsRemedy(text: string): boolean {
  return fixed.test(text) && !/\b(?:not|n't|still|no longer) (?:\w+ )?(?:help|work|fix)/i.test(text);
}
