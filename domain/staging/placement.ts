// Finds where a reader looks first: the heading beside claims on the same, the file of the topic, else a new topic file.
import { corpusOf, rarity, type Corpus } from '../bm25.ts';
import { factsPath, fileName, freePath, namesNoTopic, openConflictsPath, patternsPath, slugOf, wordsOfName } from '../layout.ts';
import { checkMemoryPath } from '../memory-path.ts';
import { utf8Length } from '../utf8.ts';
import { newNoteFile, type NoteFile, type Piece } from './note-file.ts';
import { lightStem, termsOf } from './terms.ts';

/** A file and the heading in it below which a line goes; null for the lines above every heading. */
export interface Section {
  file: NoteFile;
  heading: Piece | null;
}

/** New topic files end here and go on in a numbered part; about what an agent reads in one go. */
const maxTopicFileBytes = 16_000;
/** Leaves room below the limit of a memory for a later edit. */
const maxExistingFileBytes = 90_000;
/** Share of a statement's telling words that a claim must hold to be its neighbour. */
const sameSubject = 0.5;
/** Enough for a statement that would be the only one in a new file. */
const relatedSubject = 0.35;

interface KnownSection extends Section {
  /** Position among all sections, for ties. */
  ordinal: number;
}

export class Placement {
  readonly files: Map<string, NoteFile>;
  readonly candidates: NoteFile[];
  readonly topicOf: (piece: Piece) => string | null;
  readonly taken: Set<string>;
  readonly isAllowed: (path: string) => boolean;
  readonly folder: string;
  readonly #sections: KnownSection[] = [];
  readonly #byTerm = new Map<string, { terms: Set<string>; section: KnownSection }[]>();
  readonly #corpus: Corpus;
  readonly #homes = new Map<string, Section | null>();
  readonly #sizes = new Map<NoteFile, number>();
  readonly #partOf = new Map<string, NoteFile[]>();

  constructor(files: Map<string, NoteFile>, candidates: NoteFile[], topicOf: (piece: Piece) => string | null, isAllowed: (path: string) => boolean) {
    this.files = files;
    this.candidates = candidates;
    this.topicOf = topicOf;
    this.taken = new Set(files.keys());
    this.isAllowed = isAllowed;
    const texts: string[][] = [];
    for (const file of candidates) {
      let section: KnownSection = { file, heading: null, ordinal: this.#sections.length };
      this.#sections.push(section);
      for (const piece of file.pieces) {
        if (piece.kind === 'heading' && piece.level < 7 && !piece.isRemoved) {
          section = { file, heading: piece, ordinal: this.#sections.length };
          this.#sections.push(section);
        } else if (piece.kind === 'claim' && !piece.isRemoved) {
          const terms = termsOf(piece.statement);
          texts.push(terms);
          const entry = { terms: new Set(terms), section };
          for (const term of terms) {
            const known = this.#byTerm.get(term);
            if (known === undefined) this.#byTerm.set(term, [entry]);
            else known.push(entry);
          }
        }
      }
    }
    this.#corpus = corpusOf(texts);
    this.folder = usualFolder(candidates);
  }

  /** Where a statement goes; one that is alone with its topic rather stands beside related ones than in a new file. A pattern without a home of its topic goes to the list of patterns, an open conflict always to its list. */
  place(statement: string, topic: string | null, kind: 'statement' | 'pattern' | 'open_conflict', bytes: number, isAlone = false): Section {
    if (kind === 'open_conflict') return this.#reserve(this.#listFile(openConflictsPath, 'Open conflicts'), bytes);
    const near = this.#nearestSection(statement, null, sameSubject);
    if (near !== null && this.#hasRoom(near.file, bytes)) return this.#reserve(near, bytes);
    const home = topic === null ? null : this.homeOf(topic);
    if (home !== null) return this.#reserve(this.#hasTopicRoom(home.file, bytes) ? this.#within(home, statement) : this.#nextPart(home.file, bytes), bytes);
    const beside = isAlone ? this.#nearestSection(statement, null, relatedSubject) : null;
    if (beside !== null && this.#hasRoom(beside.file, bytes)) return this.#reserve(beside, bytes);
    if (kind === 'pattern' && (topic === null || !this.#partOf.has(topic))) return this.#reserve(this.#listFile(patternsPath, 'Patterns'), bytes);
    return this.#reserve(topic === null ? this.#listFile(factsPath, 'Facts') : this.#topicFile(topic, bytes), bytes);
  }

  /** Whether a claim on the same stands in a file in order. */
  isNear(statement: string): boolean {
    return this.#nearestSection(statement, null, sameSubject) !== null;
  }

  /** The place in the input store that is about the topic: by its heading or name, or by what most of its claims are about. */
  homeOf(topic: string): Section | null {
    const known = this.#homes.get(topic);
    if (known !== undefined) return known;
    const words = topicWords(topic);
    let best: { section: Section; score: number } | null = null;
    for (const section of this.#sections) {
      const isTop = section.heading === null;
      const title = isTop ? wordsOfName(fileName(section.file.path)) : wordsOfName(section.heading?.title ?? '');
      const share = isTop ? this.#topicShare(section.file, topic) : 0;
      const score = matchShare(words, title) + (share >= 0.4 ? share * 0.9 : 0);
      if (score >= 0.5 && (best === null || score > best.score + 1e-9)) best = { section, score };
    }
    this.#homes.set(topic, best?.section ?? null);
    return best?.section ?? null;
  }

  #topicShare(file: NoteFile, topic: string): number {
    let about = 0;
    let all = 0;
    for (const piece of file.pieces) {
      if (piece.kind !== 'claim' || piece.isRemoved) continue;
      all++;
      if (this.topicOf(piece) === topic) about++;
    }
    return about >= 2 ? about / all : 0;
  }

  /** The section with the claim that shares most of the statement's telling words. */
  #nearestSection(statement: string, within: NoteFile | null, least: number): Section | null {
    const terms = termsOf(statement);
    // A word that the store does not know points nowhere; it only makes the statement less sure to be on the same.
    const total = terms.reduce((sum, term) => sum + rarity(this.#corpus, term) * (this.#byTerm.has(term) ? 1 : 0.5), 0);
    if (total === 0) return null;
    const shared = new Map<{ terms: Set<string>; section: KnownSection }, { weight: number; count: number }>();
    for (const term of terms) {
      const entries = this.#byTerm.get(term) ?? [];
      // A word that stands everywhere tells no place, and walking its list would be quadratic.
      if (entries.length > 400) continue;
      for (const entry of entries) {
        if (within !== null && entry.section.file !== within) continue;
        const sum = shared.get(entry) ?? { weight: 0, count: 0 };
        shared.set(entry, { weight: sum.weight + rarity(this.#corpus, term), count: sum.count + 1 });
      }
    }
    let best: { section: KnownSection; score: number } | null = null;
    for (const [entry, { weight, count }] of shared) {
      const score = weight / total;
      if (count < 2 || score < least) continue;
      if (best === null || score > best.score + 1e-9 || (Math.abs(score - best.score) <= 1e-9 && entry.section.ordinal < best.section.ordinal)) best = { section: entry.section, score };
    }
    return best?.section ?? null;
  }

  /** Of a home that is a whole file, the heading in it that fits best; else the part before its first sub-heading. */
  #within(home: Section, statement: string): Section {
    if (home.heading !== null) return home;
    return this.#nearestSection(statement, home.file, 0.25) ?? mainSection(home.file);
  }

  #listFile(path: string, title: string): Section {
    const parts = this.#partOf.get(path) ?? [];
    const last = parts.at(-1) ?? this.#lastPart(path);
    if (last !== undefined && this.isAllowed(last.path) && this.#sizeOf(last) < maxTopicFileBytes) return mainSection(last);
    return mainSection(this.#create('/', path.slice(1, -3), title, path));
  }

  /** Of a list that an earlier dream went on with in numbered parts. */
  #lastPart(path: string): NoteFile | undefined {
    let last = this.files.get(path);
    for (let part = 2; last !== undefined; part++) {
      const next = this.files.get(path.replace(/\.md$/, `-${part}.md`));
      if (next === undefined) break;
      last = next;
    }
    return last;
  }

  #topicFile(topic: string, bytes: number): Section {
    const last = this.#partOf.get(topic)?.at(-1);
    if (last !== undefined && this.#sizeOf(last) + bytes <= maxTopicFileBytes) return mainSection(last);
    const slug = slugOf(topic) === '' ? 'facts' : slugOf(topic);
    return mainSection(this.#create(this.folder, slug, topic, topic));
  }

  #create(folder: string, slug: string, title: string, group: string): NoteFile {
    const path = freePath(folder, slug, this.taken, this.isAllowed);
    const parts = this.#partOf.get(group) ?? [];
    const file = newNoteFile(path, parts.length === 0 ? title : `${title} (part ${parts.length + 1})`);
    this.taken.add(path);
    this.files.set(path, file);
    this.#partOf.set(group, [...parts, file]);
    return file;
  }

  #hasTopicRoom(file: NoteFile, bytes: number): boolean {
    return this.#sizeOf(file) + bytes <= maxTopicFileBytes;
  }

  /** The numbered part of a full topic file that has room, a new one where none has. */
  #nextPart(file: NoteFile, bytes: number): Section {
    const title = file.pieces.find((piece) => piece.kind === 'heading' && !piece.isRemoved)?.title ?? fileName(file.path).replace(/\.md$/, '');
    for (let part = 2; ; part++) {
      const path = file.path.replace(/(?:\.md)?$/, `-${part}.md`);
      const known = this.files.get(path);
      if (known !== undefined && this.isAllowed(path) && this.#hasTopicRoom(known, bytes)) return mainSection(known);
      if (known !== undefined || this.taken.has(path)) continue;
      if (!this.isAllowed(path) || checkMemoryPath(path) !== null) return mainSection(file);
      const made = newNoteFile(path, `${title} (part ${part})`);
      this.taken.add(path);
      this.files.set(path, made);
      return mainSection(made);
    }
  }

  #hasRoom(file: NoteFile, bytes: number): boolean {
    return this.#sizeOf(file) + bytes <= maxExistingFileBytes;
  }

  #sizeOf(file: NoteFile): number {
    let size = this.#sizes.get(file);
    if (size === undefined) {
      size = file.pieces.reduce((sum, piece) => sum + (piece.isRemoved ? 0 : utf8Length(piece.source) + 2), 0);
      this.#sizes.set(file, size);
    }
    return size;
  }

  #reserve(section: Section, bytes: number): Section {
    this.#sizes.set(section.file, this.#sizeOf(section.file) + bytes);
    return section;
  }
}

/** Below the title and before the first sub-heading. */
function mainSection(file: NoteFile): Section {
  const headings = file.pieces.filter((piece) => piece.kind === 'heading' && piece.level < 7 && !piece.isRemoved);
  const first = headings[0];
  const opens = first !== undefined && !file.pieces.slice(0, file.pieces.indexOf(first)).some((piece) => piece.kind === 'claim' && !piece.isRemoved);
  return { file, heading: opens ? first : null };
}

function topicWords(topic: string): string[] {
  return wordsOfName(topic).filter((word) => !/^(?:and|the|of|to|a|an|in|on|for|how|about)$/.test(word));
}

function matchShare(topic: readonly string[], title: readonly string[]): number {
  const stems = new Set(title.map(lightStem));
  const matched = topic.filter((word) => stems.has(lightStem(word))).length;
  return topic.length === 0 ? 0 : matched / topic.length;
}

/** New files go where the store keeps its topic files: a folder that holds most of them, else the root. */
function usualFolder(files: readonly NoteFile[]): string {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folders = file.path.split('/').slice(1, -1);
    const folder = folders.length === 0 ? '/' : `/${folders[0] ?? ''}/`;
    if (folders.length <= 1 && !/\d/.test(folder) && !namesNoTopic(fileName(file.path))) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best !== undefined && best[1] >= 2 && best[1] > files.length / 2 ? best[0] : '/';
}
