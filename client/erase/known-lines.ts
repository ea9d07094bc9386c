/** Every line of those texts with what dreams recorded of it. */
import type { Transaction } from '../../db/database.ts';
import type { DraftLine, EvidenceRow } from '../../db/erasure-sources.ts';
import { readDraftLines, readEvidenceOfDrafts } from '../../db/erasure-sources.ts';
import type { Support } from '../../domain/erasure/judge-lines.ts';
import { readBlocks } from '../../domain/markdown/read-blocks.ts';
import type { HeldText, HeldTexts } from './held-texts.ts';

export interface TextLine {
  key: string;
  text: HeldText;
  start: number;
  end: number;
  /** As a reader understands it, without marker and line breaks. */
  statement: string;
  support: Support[];
  isConflict: boolean;
  isPattern: boolean;
  /** Other sessions that speak for it. */
  otherSessions: Set<string>;
  /** Places in other sessions that speak for it too, in the order in which they were recorded. */
  others: { eventId: string; block: number; start: number; end: number }[];
}

export interface KnownLines {
  lines: Map<string, TextLine>;
  /** The same, by the hash of their text. */
  byText: Map<string, TextLine[]>;
  /** Of drafts: the line that each recorded one is, where its text may hold words of the session. */
  recorded: { line: DraftLine; key: string; sha256: string }[];
  evidence: EvidenceRow[];
}

export function lineKey(sha256: string, start: number, end: number): string {
  return `${sha256} ${String(start)} ${String(end)}`;
}

export async function readKnownLines(tx: Transaction, sessionId: string, held: HeldTexts): Promise<KnownLines> {
  const lines = new Map<string, TextLine>();
  const byText = new Map<string, TextLine[]>();
  const add = (text: HeldText, start: number, end: number, statement: string): TextLine => {
    const key = lineKey(text.sha256, start, end);
    const line = lines.get(key) ?? {
      key,
      text,
      start,
      end,
      statement,
      support: [],
      isConflict: false,
      isPattern: false,
      otherSessions: new Set<string>(),
      others: [],
    };
    if (!lines.has(key)) byText.set(text.sha256, [...(byText.get(text.sha256) ?? []), line]);
    lines.set(key, line);
    return line;
  };
  for (const text of held.texts.values()) {
    if (text.isIndex) continue;
    for (const block of readBlocks(text.content).blocks) if (block.kind !== 'heading') add(text, block.start, block.end, block.text);
  }
  const files = new Map(held.files.map((file) => [`${file.draftId} ${file.path}`, file.sha256]));
  const draftIds = [...new Set(held.files.filter((file) => held.texts.has(file.sha256)).map((file) => file.draftId))];
  const recorded = (await readDraftLines(tx, draftIds)).flatMap((line) => {
    const text = held.texts.get(files.get(`${line.draftId} ${line.path}`) ?? '');
    if (text === undefined) return [];
    const known = add(text, line.start, line.end, text.content.slice(line.start, line.end).trim());
    if (line.changeKind === 'open_conflict') known.isConflict = true;
    if (line.changeKind === 'pattern') known.isPattern = true;
    return [{ line, key: known.key, sha256: text.sha256 }];
  });
  const keys = new Map(recorded.map(({ line, key }) => [`${line.draftId} ${line.id}`, key]));
  const evidence = await readEvidenceOfDrafts(tx, draftIds);
  for (const row of evidence) {
    const line = lines.get(keys.get(`${row.draftId} ${row.claimId}`) ?? '');
    if (line === undefined) continue;
    line.support.push(...supportOf(row, sessionId, line, held, byText));
    if (row.eventId === null || row.sessionId === null || row.sessionId === sessionId) continue;
    line.others.push({ eventId: row.eventId, block: row.block ?? 0, start: row.start, end: row.end });
    line.otherSessions.add(row.sessionId);
  }
  return { lines, byText, recorded, evidence };
}

/** A line that names itself, in a copy with the same bytes, rests on nothing by that. */
function supportOf(
  row: EvidenceRow,
  sessionId: string,
  line: TextLine,
  held: HeldTexts,
  byText: ReadonlyMap<string, TextLine[]>,
): Support[] {
  if (row.memoryVersionId === null) return [{ kind: row.sessionId === sessionId ? 'erased' : 'other_session' }];
  const sha256 = held.versions.get(row.memoryVersionId)?.sha256 ?? '';
  if (!held.texts.has(sha256)) return [{ kind: 'memory' }];
  const sources = (byText.get(sha256) ?? []).filter((source) => source.start < row.end && source.end > row.start);
  return sources.filter((source) => source !== line).map((source) => ({ kind: 'line', key: source.key }));
}
