// Says how much a statement shares with the lines of each section: rare words count, words that stand in every file hardly do.
import { corpusOf, rarity, type Corpus } from '../bm25.ts';
import { fileName, wordsOfName } from '../layout.ts';
import type { NoteFile, Piece } from './note-file.ts';
import { lightStem, termsOf } from './terms.ts';

/** A file and the heading in it below which a line goes; null for the lines above every heading. */
export interface Section {
  file: NoteFile;
  heading: Piece | null;
}

export interface Near<S extends Section> {
  section: S;
  /** 0 to 1: what the best line shares, and a little of what the rest of the section shares. */
  score: number;
  /** The share of the statement's telling words that one line holds. */
  line: number;
  /** How many words that line shares. */
  count: number;
  /** Whether they share a word that several lines of this file hold and no other file does: its subject. */
  isOwn: boolean;
}

interface Entry<S> {
  section: S;
  /** What a shared word counts: a line that stands there tells more than one that was just put there; a title is no line. */
  share: number;
}

const newLine = 0.9;
/** What a statement is about stands at its beginning; examples and asides follow. */
const leadingTerms = 6;
const laterTerm = 0.6;
/** A word in more lines than these tells no place, and walking its list would be quadratic. */
const maxEntries = 400;
/** A word that the store does not know makes a statement less sure to be on the same; a value or an address hardly. */
const unknownWord = 0.5;
const unknownValue = 0.15;
/** A long section holds every word somewhere; beyond this its whole says less. */
const shortSection = 25;

export class Nearness<S extends Section> {
  readonly #corpus: Corpus;
  readonly #byTerm = new Map<string, Entry<S>[]>();
  readonly #filesOf = new Map<string, Set<NoteFile>>();
  readonly #files = new Set<NoteFile>();
  readonly #ordinals = new Map<S, number>();
  readonly #lines = new Map<S, number>();

  constructor(lines: readonly { section: S; text: string }[], sections: readonly S[]) {
    this.#corpus = corpusOf(lines.map((line) => termsOf(line.text)));
    for (const section of sections) this.#addTitle(section);
    for (const line of lines) this.#addLine(line.section, line.text, 1);
  }

  /** Of a line that found its place, so that others on the same follow it. */
  addLine(section: S, text: string): void {
    this.#addLine(section, text, newLine);
  }

  #addLine(section: S, text: string, share: number): void {
    this.#addTitle(section);
    this.#lines.set(section, (this.#lines.get(section) ?? 0) + 1);
    this.#addEntry({ section, share }, termsOf(text));
  }

  /** Sections that share anything with the statement. */
  near(statement: string): Near<S>[] {
    const terms = termsOf(statement);
    const factors = new Map(terms.map((term, at) => [term, at < leadingTerms ? 1 : laterTerm]));
    const total = terms.reduce(
      (sum, term) =>
        sum +
        (factors.get(term) ?? 1) *
          (this.#byTerm.has(term) ? this.#weight(term) : rarity(this.#corpus, term) * (/[\d./]/.test(term) ? unknownValue : unknownWord)),
      0,
    );
    if (total <= 0) return [];
    const lines = new Map<Entry<S>, { weight: number; count: number }>();
    const wholes = new Map<S, number>();
    const owners = new Set<NoteFile>();
    for (const term of terms) {
      const entries = this.#byTerm.get(term) ?? [];
      if (entries.length > maxEntries) continue;
      const weight = this.#weight(term) * (factors.get(term) ?? 1);
      const [owner] = this.#filesOf.get(term) ?? [];
      if (owner !== undefined && this.#filesOf.get(term)?.size === 1 && entries.filter((entry) => entry.share === 1).length >= 2)
        owners.add(owner);
      const seen = new Set<S>();
      for (const entry of entries) {
        if (!seen.has(entry.section)) wholes.set(entry.section, (wholes.get(entry.section) ?? 0) + weight);
        seen.add(entry.section);
        if (entry.share === 0) continue;
        const sum = lines.get(entry) ?? { weight: 0, count: 0 };
        lines.set(entry, { weight: sum.weight + weight * entry.share, count: sum.count + 1 });
      }
    }
    const best = new Map<S, { weight: number; count: number }>();
    for (const [{ section }, sum] of lines) if (sum.weight > (best.get(section)?.weight ?? 0)) best.set(section, sum);
    return [...wholes]
      .map(([section, whole]) => {
        const line = best.get(section) ?? { weight: 0, count: 0 };
        const size = Math.min(1, Math.sqrt(shortSection / Math.max(1, this.#lines.get(section) ?? 1)));
        return {
          section,
          score: (0.65 * line.weight + 0.35 * size * whole) / total,
          line: line.weight / total,
          count: line.count,
          isOwn: owners.has(section.file),
        };
      })
      .sort((a, b) => b.score - a.score || (this.#ordinals.get(a.section) ?? 0) - (this.#ordinals.get(b.section) ?? 0));
  }

  #addTitle(section: S): void {
    if (this.#ordinals.has(section)) return;
    this.#ordinals.set(section, this.#ordinals.size);
    this.#files.add(section.file);
    const title = termsOf(`${wordsOfName(fileName(section.file.path)).join(' ')} ${section.heading?.title ?? ''}`);
    this.#addEntry({ section, share: 0 }, title.map(lightStem));
  }

  #addEntry(entry: Entry<S>, terms: readonly string[]): void {
    for (const term of terms) {
      const known = this.#byTerm.get(term);
      if (known === undefined) this.#byTerm.set(term, [entry]);
      else known.push(entry);
      const files = this.#filesOf.get(term) ?? new Set();
      this.#filesOf.set(term, files.add(entry.section.file));
    }
  }

  /** A word of one file tells a place; one of all files tells none, however rare its lines are. */
  #weight(term: string): number {
    const all = this.#files.size + 0.5;
    const holding = this.#filesOf.get(term)?.size ?? 1;
    return rarity(this.#corpus, term) * Math.max(0.1, Math.log(all / holding) / Math.log(all));
  }
}
