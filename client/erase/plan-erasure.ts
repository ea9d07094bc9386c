/** What becomes of every line and every text, decided before anything is written. */
import type { EditedText } from '../../domain/erasure/edit-text.ts';
import { editText } from '../../domain/erasure/edit-text.ts';
import { cutLines, statesNothing } from '../../domain/erasure/cut-lines.ts';
import { changeIndexLines, indexLineOf } from '../../domain/erasure/index-lines.ts';
import type { KnownLine, LineVerdict } from '../../domain/erasure/judge-lines.ts';
import { judgeLines } from '../../domain/erasure/judge-lines.ts';
import { withoutMarks } from '../../domain/erasure/sentences.ts';
import { leastFindable, WordFinder } from '../../domain/erasure/word-finder.ts';
import { readIndexLink } from '../../domain/index-file.ts';
import { cutLines as physicalLines } from '../../domain/markdown/lines.ts';
import type { HeldText, HeldTexts } from './held-texts.ts';
import type { KnownLines, TextLine } from './known-lines.ts';
import type { SessionWords } from './session-words.ts';
import { isFindable } from './session-words.ts';

export interface ErasurePlan {
  verdicts: Map<string, LineVerdict>;
  /** Texts that read differently now, by their old hash. */
  edited: Map<string, EditedText>;
  /** Of those, the ones that state nothing any more. */
  emptied: Set<string>;
  /** Hashes of texts with a line that rests on the session, whatever became of it. */
  concerned: Set<string>;
  /** Whether a text anywhere holds words that must go. */
  carries: (text: string) => boolean;
  /** The same of a record of dreams, where a line that is gone may be repeated however short it is. */
  repeats: (text: string) => boolean;
}

export function planErasure(held: HeldTexts, known: KnownLines, words: SessionWords): ErasurePlan {
  const anywhere = new WordFinder(words.anywhere);
  const inItsLines = new WordFinder(words.inItsLines);
  const lines = new Map<string, KnownLine>();
  const twins = twinsOf(known, held);
  for (const line of known.lines.values()) {
    const source = line.text.content.slice(line.start, line.end);
    const finder = line.support.some((item) => item.kind === 'erased') ? inItsLines : anywhere;
    const carriesWords = finder.has(source) || finder.has(line.statement);
    lines.set(line.key, {
      key: line.key,
      support: line.support,
      twins: line.support.length === 0 ? twins(line) : [],
      carriesWords,
      isConflict: line.isConflict,
      recounted: recounted(line),
      statement: carriesWords ? survivingStatement(line, words, inItsLines) : null,
    });
  }
  const verdicts = judgeLines(lines);
  const edited = new Map<string, EditedText>();
  const emptied = new Set<string>();
  for (const [sha256, text] of held.texts) {
    if (text.isIndex) continue;
    const next = editMemory(text, known, verdicts, anywhere);
    if (next === null) continue;
    edited.set(sha256, next);
    if (statesNothing(next.content) && !statesNothing(text.content)) emptied.add(sha256);
  }
  const memories = [...edited].map(([sha256, next]) => ({ next, text: held.texts.get(sha256) }));
  for (const [sha256, text] of held.texts) {
    if (!text.isIndex) continue;
    const next = editIndex(text, memories, anywhere);
    if (next !== null) edited.set(sha256, next);
  }
  const concerned = new Set([...edited.keys(), ...[...verdicts.keys()].map((key) => key.split(' ', 1)[0] ?? '')]);
  return { verdicts, edited, emptied, concerned, ...finders(held, known, { verdicts, edited }, words) };
}

/** "In 5 of 17 sessions" as it is without the erased one. */
function recounted({ statement, isPattern, otherSessions }: TextLine): string | null {
  const count = (_: string, _seen: string, all: string) => `${String(otherSessions.size)} of ${String(Number(all) - 1)} sessions`;
  const text = isPattern ? statement.replace(/\b(\d+) of (\d+) sessions\b/, count) : statement;
  return text === statement ? null : text;
}

/** Lines of the same text, recorded earlier in the same store or in one that this store was cloned from. */
function twinsOf(known: KnownLines, held: HeldTexts): (line: TextLine) => string[] {
  const recorded = new Map<string, TextLine[]>();
  for (const line of known.lines.values())
    if (line.support.length > 0) recorded.set(line.statement, [...(recorded.get(line.statement) ?? []), line]);
  return (line) => {
    const ancestors = new Set([...line.text.stores].flatMap((storeId) => [...held.ancestorsOf(storeId)]));
    const isEarlier = ({ text }: TextLine) => text.since !== null && line.text.since !== null && text.since <= line.text.since;
    const same = (recorded.get(line.statement) ?? []).filter((other) => [...other.text.stores].some((storeId) => ancestors.has(storeId)));
    return same.filter(isEarlier).map((other) => other.key);
  };
}

/** What another session's fact says of the same, in the order in which they were recorded. */
function survivingStatement(line: TextLine, words: SessionWords, erased: WordFinder): string | null {
  for (const place of line.others) {
    for (const fact of words.survivors.get(place.eventId) ?? []) {
      const quotes = fact.evidence.some(
        (item) => item.eventId === place.eventId && item.block === place.block && item.start < place.end && item.end > place.start,
      );
      if (quotes && !erased.has(fact.statement)) return fact.statement;
    }
  }
  return null;
}

/** Headings and what else is no statement go where they hold the session's words. */
function editMemory(
  text: HeldText,
  known: KnownLines,
  verdicts: ReadonlyMap<string, LineVerdict>,
  anywhere: WordFinder,
): EditedText | null {
  const own = known.byText.get(text.sha256) ?? [];
  const cuts = own.flatMap(({ key, start, end }) => {
    const verdict = verdicts.get(key);
    if (verdict === undefined || verdict.kind === 'stays') return [];
    return [{ start, end, statement: verdict.kind === 'gone' ? null : verdict.statement }];
  });
  const isStatement = (start: number, end: number) => own.some((line) => line.start < end && line.end > start);
  const others = anywhere.has(text.content)
    ? physicalLines(text.content).filter(({ start, end }) => !isStatement(start, end) && anywhere.has(text.content.slice(start, end)))
    : [];
  const all = [...cuts, ...others.map(({ start, end }) => ({ start, end, statement: null }))];
  return all.length === 0 ? null : editText(text.content, cutLines(text.content, all));
}

/** An index of the same store or draft describes memories by their titles or first words. */
function editIndex(
  index: HeldText,
  memories: readonly { next: EditedText; text: HeldText | undefined }[],
  anywhere: WordFinder,
): EditedText | null {
  const lines = new Map<string, string | null>();
  for (const { next, text } of memories) {
    if (text === undefined || !(shares(text.stores, index.stores) || shares(text.drafts, index.drafts))) continue;
    for (const path of text.paths) {
      const before = indexLineOf(path, next.before);
      const after = indexLineOf(path, next.content);
      if (before !== after) lines.set(before, after);
    }
  }
  for (const { start, end } of physicalLines(index.content)) {
    const line = index.content.slice(start, end);
    if (lines.has(line) || !anywhere.has(line)) continue;
    const link = readIndexLink(line) === null ? null : /^.*?\]\((?:<[^>]*>|[^)]*)\)/.exec(line)?.[0];
    lines.set(line, link === undefined || link === null || anywhere.has(link) ? null : link);
  }
  const edits = changeIndexLines(index.content, lines);
  return edits.length === 0 ? null : editText(index.content, edits);
}

function shares(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((item) => other.has(item));
}

/** Lines that are gone are words too, unless the same words stand elsewhere by right. */
function finders(
  held: HeldTexts,
  known: KnownLines,
  { verdicts, edited }: Pick<ErasurePlan, 'verdicts' | 'edited'>,
  words: SessionWords,
): Pick<ErasurePlan, 'carries' | 'repeats'> {
  const gone = new Set<string>();
  for (const line of known.lines.values()) {
    const verdict = verdicts.get(line.key);
    const text = withoutMarks(line.statement);
    // A count that was mended is no words of the session's.
    if (verdict?.kind === 'reworded' && verdict.as === 'recounted') continue;
    if (verdict !== undefined && verdict.kind !== 'stays' && words.texts.has(text) && text.length >= leastFindable) gone.add(text);
  }
  const ofLines = new WordFinder(gone);
  for (const [sha256, { content }] of held.texts)
    for (const text of ofLines.found(edited.get(sha256)?.content ?? content)) gone.delete(text);
  const finder = new WordFinder([...words.anywhere, ...[...gone].filter(isFindable)]);
  const carries = (text: string) => finder.has(text);
  return { carries, repeats: (text) => carries(text) || text.split('\n').some((line) => gone.has(withoutMarks(line))) };
}
