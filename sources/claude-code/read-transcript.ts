/** One `.jsonl` file → what it holds of each session, what was left out, and what could not be read. */
import { isUtf8 } from 'node:buffer';
import { isTooDeep } from '../canonical-json.ts';
import { counted, shown } from '../shown.ts';
import type { Problem, Skipped, SourceFile } from '../source.ts';
import { invalidSequences, isUtf16, mayHoldSurrogateEscape, replaceLoneSurrogatesIn } from '../text.ts';
import { asText, readFields, type Fields } from './line-fields.ts';
import { SessionBuilder } from './session-builder.ts';
import { splitLines } from './split-lines.ts';

/** A title that Claude Code wrote for the conversation that ends at `leaf`, possibly one of another file. */
export interface Summary {
  text: string;
  leaf: string | null;
}

export interface ReadTranscript {
  /** Of each session with at least one event. */
  builders: SessionBuilder[];
  summaries: Summary[];
  problems: Problem[];
  skipped: Skipped;
}

const knownTypes: ReadonlySet<string> = new Set([
  'user',
  'assistant',
  'system',
  'attachment',
  'summary',
  'custom-title',
  'ai-title',
  'file-history-snapshot',
  'queue-operation',
  'progress',
]);

const isPlainName = /^[a-z][a-z _-]{0,40}$/;
const maxReasons = 40;

export function readTranscript(file: SourceFile): ReadTranscript {
  const builders = new Map<string | null, SessionBuilder>();
  const summaries: Summary[] = [];
  const counts = new Map<string, number>();
  const count = (reason: string): void => {
    // The names come out of the file: neither their form nor their number may be the file's choice.
    const name = isPlainName.test(reason) && (counts.has(reason) || counts.size < maxReasons) ? reason : 'other';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  const broken = { count: 0, first: 0 };
  const surrogates = { count: 0, first: 0 };
  let current: string | null = null;
  let known = 0;
  for (const { number, text } of splitLines(file.bytes)) {
    if (text.trim() === '') continue;
    const parsed = parseLine(text);
    if (parsed === null) {
      if (broken.count === 0) broken.first = number;
      broken.count += 1;
      continue;
    }
    if (parsed.surrogates > 0) {
      if (surrogates.count === 0) surrogates.first = number;
      surrogates.count += parsed.surrogates;
    }
    const line = readFields(parsed.value);
    if (knownTypes.has(line.type)) known += 1;
    if (line.type === 'summary' && !line.isCompactSummary) {
      const summary = asText(line.raw['summary']);
      if (summary !== null) summaries.push({ text: summary, leaf: asText(line.raw['leafUuid']) });
      count('summary');
      continue;
    }
    // A line without a session belongs to the one around it.
    current = line.sessionId ?? current;
    let builder = builders.get(current);
    if (builder === undefined) builders.set(current, (builder = new SessionBuilder(current, file.path)));
    for (const reason of builder.add(line)) count(reason);
  }
  const holding = [...builders.values()].filter((builder) => builder.events.length > 0);
  const problems = problemsOf(file, broken, surrogates, known, holding.length > 0);
  return { builders: holding, summaries, problems, skipped: { path: file.path, counts: Object.fromEntries(counts) } };
}

function parseLine(text: string): { value: Fields; surrogates: number } | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value) || isTooDeep(value)) return null;
  if (!mayHoldSurrogateEscape(text)) return { value: value as Fields, surrogates: 0 };
  const replaced = replaceLoneSurrogatesIn(value);
  return { value: replaced.value as Fields, surrogates: replaced.count };
}

type Found = { count: number; first: number };

function problemsOf(file: SourceFile, broken: Found, surrogates: Found, known: number, hasEvents: boolean): Problem[] {
  const name = shown(file.path);
  const problems: Problem[] = [];
  if (!hasEvents) {
    if (isUtf16(file.bytes))
      problems.push({
        path: file.path,
        code: 'invalid_utf8',
        fatal: true,
        message: `${name} is UTF-16; transcripts are UTF-8. Save it as UTF-8 and import again.`,
      });
    else if (known === 0 && file.bytes.length > 0) {
      problems.push({
        path: file.path,
        code: 'unknown_format',
        fatal: true,
        message: `${name} holds no line that Claude Code writes. Accepted are Claude Code session files (.jsonl), cases in the neutral form (.json, .json.gz) and folders of Markdown.`,
      });
    } else
      problems.push({
        path: file.path,
        code: 'empty_transcript',
        fatal: true,
        message: `${name} holds no message, so there is nothing to import from it. Nothing to do.`,
      });
  }
  if (broken.count > 0 && (hasEvents || known > 0)) {
    problems.push({
      path: file.path,
      line: broken.first,
      code: 'broken_lines',
      fatal: false,
      message: `${counted(broken.count, 'line')} of ${name} ${broken.count === 1 ? 'is' : 'are'} no readable JSON object (the first is line ${broken.first}) and ${broken.count === 1 ? 'was' : 'were'} left out; the others were read. If the session is still being written, import it again later.`,
    });
  }
  if (surrogates.count > 0) {
    problems.push({
      path: file.path,
      line: surrogates.first,
      code: 'lone_surrogates',
      fatal: false,
      message: `${name} holds ${counted(surrogates.count, 'half surrogate pair')} (the first in line ${surrogates.first}), which became U+FFFD. Nothing to do unless that text matters.`,
    });
  }
  if (hasEvents && !isUtf8(file.bytes)) {
    const { invalidCount, invalidAt } = invalidSequences(file.bytes);
    problems.push({
      path: file.path,
      code: 'invalid_utf8',
      fatal: false,
      message: `${name} is not UTF-8: ${counted(invalidCount, 'invalid byte sequence')}, the first at byte ${invalidAt}, became U+FFFD. Convert it to UTF-8 and import again if that text matters.`,
    });
  }
  return problems;
}
