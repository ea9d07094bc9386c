/** The bytes of a `.json` or `.json.gz` file → its value, or one sentence that says where it breaks. */
import { gunzipSync } from 'node:zlib';
import { isTooDeep, maxDepth } from '../canonical-json.ts';
import { firstJsonError, lineAndColumn } from '../json-position.ts';
import { counted, shown } from '../shown.ts';
import { decodeText, isUtf16, mayHoldSurrogateEscape, replaceLoneSurrogatesIn, withoutByteOrderMark } from '../text.ts';
import type { Problem, SourceFile } from '../source.ts';

/** A string of the platform holds at most 512 MiB; a small gzip file can unpack to more. */
const maxJsonBytes = 512 * 1024 * 1024 - 1024;

export interface ParsedFile {
  value: unknown;
  /** Broken before it could be parsed: then the value means nothing. */
  failed: boolean;
  invalidBytes: { count: number; at: number };
  /** Lone surrogates were in the file; `clean` replaces them. */
  mayHoldLoneSurrogates: boolean;
  problems: Problem[];
}

export function parseJsonFile(file: SourceFile): ParsedFile {
  const failure = (code: Problem['code'], message: string, line?: number): ParsedFile => ({
    value: null,
    failed: true,
    invalidBytes: { count: 0, at: -1 },
    mayHoldLoneSurrogates: false,
    problems: [{ path: file.path, code, message, fatal: true, ...(line === undefined ? {} : { line }) }],
  });
  let bytes = file.bytes;
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: maxJsonBytes });
    } catch (error) {
      const tooLarge = (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
      return tooLarge
        ? failure('too_large', `${shown(file.path)} unpacks to more than 512 MiB. Split it into several files.`)
        : failure('invalid_gzip', `${shown(file.path)} is not a whole gzip file. Copy or pack it again.`);
    }
  }
  if (bytes.length > maxJsonBytes) return failure('too_large', `${shown(file.path)} has more than 512 MiB. Split it into several files.`);
  if (isUtf16(bytes)) return failure('invalid_utf8', `${shown(file.path)} is UTF-16; JSON is UTF-8. Save it as UTF-8 and import again.`);
  const decoded = decodeText(bytes);
  const text = withoutByteOrderMark(decoded.text);
  if (text.trim() === '')
    return failure('invalid_json', `${shown(file.path)} is empty. A case is a JSON object with "sessions" or "memory_store".`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column } = lineAndColumn(text, firstJsonError(text) ?? text.length);
    return failure(
      'invalid_json',
      `${shown(file.path)} is not JSON: it breaks at line ${line}, column ${column}. Correct it there and import again.`,
      line,
    );
  }
  if (isTooDeep(value))
    return failure('invalid_json', `${shown(file.path)} is nested deeper than ${maxDepth} levels. Flatten it and import again.`);
  return {
    value,
    failed: false,
    problems: [],
    invalidBytes: { count: decoded.invalidCount, at: decoded.invalidAt },
    mayHoldLoneSurrogates: mayHoldSurrogateEscape(text),
  };
}

/** The transcripts' part of a case made storable, with a sentence when something had to be replaced. */
export function cleanSessions(file: SourceFile, parsed: ParsedFile, sessions: unknown): { value: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  const { count, at } = parsed.invalidBytes;
  if (count > 0) {
    problems.push({
      path: file.path,
      code: 'invalid_utf8',
      fatal: false,
      message: `${shown(file.path)} is not UTF-8: ${counted(count, 'invalid byte sequence')}, the first at byte ${at}, became U+FFFD. Convert it to UTF-8 and import again if that text matters.`,
    });
  }
  if (!parsed.mayHoldLoneSurrogates) return { value: sessions, problems };
  const replaced = replaceLoneSurrogatesIn(sessions);
  if (replaced.count > 0) {
    problems.push({
      path: file.path,
      code: 'lone_surrogates',
      fatal: false,
      message: `${shown(file.path)} holds ${counted(replaced.count, 'half surrogate pair')}, which became U+FFFD. Nothing to do unless that text matters.`,
    });
  }
  return { value: replaced.value, problems };
}
