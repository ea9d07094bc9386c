// Decides for each line of every memory, old and new, whether anything but the erased session stands behind it.
import type { StayReason } from '../erasure.ts';

/** What a line rests on. */
export type Support =
  /** The session that is erased. */
  | { kind: 'erased' }
  | { kind: 'other_session' }
  /** A memory that stood before the session came in. */
  | { kind: 'memory' }
  /** A line of a memory that may itself come from the session. */
  | { kind: 'line'; key: string };

export interface KnownLine {
  key: string;
  /** What dreams recorded; empty for a line that a person, an undo or a rebase wrote. */
  support: Support[];
  /** Lines of the same text in stores that this one descends from, which speak for a line that nothing is recorded of. */
  twins: string[];
  /** The words are the erased session's and nobody else's. */
  carriesWords: boolean;
  /** It sets the session against something else; without the session there is no conflict. */
  isConflict: boolean;
  /** Of a pattern that says how often it was seen: how it reads without the erased session. */
  recounted: string | null;
  /** The words of another session for the same. */
  statement: string | null;
}

export type LineVerdict =
  | { kind: 'gone' }
  /** `as`: whether other words stand there now, or only another count. */
  | { kind: 'reworded'; as: 'reworded' | 'recounted'; statement: string }
  | { kind: 'stays'; why: Exclude<StayReason, 'reworded' | 'recounted'> };

/** Lines that the session has nothing to do with are absent from the answer. */
export function judgeLines(lines: ReadonlyMap<string, KnownLine>): Map<string, LineVerdict> {
  const touched = spread(
    lines,
    (line) => line.carriesWords || line.support.some((item) => item.kind === 'erased'),
    (line, is) => sourcesOf(line).some(is),
  );
  const independent = (line: KnownLine): boolean =>
    line.support.some((item) => item.kind === 'other_session' || item.kind === 'memory' || (item.kind === 'line' && isUntouched(item.key)));
  const isUntouched = (key: string): boolean => lines.has(key) && !touched.has(key);
  const supported = spread(
    lines,
    (line) => touched.has(line.key) && independent(line),
    (line, is) => touched.has(line.key) && sourcesOf(line).some(is),
  );
  const verdicts = new Map<string, LineVerdict>();
  for (const key of touched) {
    const line = lines.get(key);
    if (line !== undefined) verdicts.set(key, judge(line, supported.has(key)));
  }
  return verdicts;
}

function judge(line: KnownLine, isSupported: boolean): LineVerdict {
  const fromSession = line.support.some((item) => item.kind === 'erased');
  if (!isSupported || (line.isConflict && fromSession)) return { kind: 'gone' };
  if (line.carriesWords)
    return line.statement === null ? { kind: 'gone' } : { kind: 'reworded', as: 'reworded', statement: line.statement };
  if (line.recounted !== null && fromSession) return { kind: 'reworded', as: 'recounted', statement: line.recounted };
  return { kind: 'stays', why: line.support.some((item) => item.kind === 'other_session') ? 'other_session' : 'memory' };
}

/** The lines that this one repeats. What is recorded of it counts; only without that do lines of the same text. */
function sourcesOf(line: KnownLine): string[] {
  return line.support.length === 0 ? line.twins : line.support.flatMap((item) => (item.kind === 'line' ? item.key : []));
}

/** The keys of lines that are so by themselves, and of those that are so because others are. */
function spread(
  lines: ReadonlyMap<string, KnownLine>,
  byItself: (line: KnownLine) => boolean,
  byOthers: (line: KnownLine, is: (key: string) => boolean) => boolean,
): Set<string> {
  const found = new Set([...lines.values()].filter(byItself).map((line) => line.key));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const line of lines.values()) if (!found.has(line.key) && byOthers(line, (key) => found.has(key))) found.add(line.key);
  }
  return found;
}
