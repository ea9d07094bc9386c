// Finds where a reader looks first: beside the lines on the same, in the file of the topic, else in a new file that several lines share.
import {
  factsPath,
  fileName,
  isListPath,
  namesNoTopic,
  openConflictsPath,
  patternsPath,
  sessionNotesPath,
  sessionNotesTopic,
  wordsOfName,
} from '../layout.ts';
import { Nearness, type Near, type Section } from './nearness.ts';
import { emptyPiece, type NoteFile, type Piece } from './note-file.ts';
import { isBullet, isStep, sectionsOf, type FileSection } from './open-sections.ts';
import { lightStem } from './terms.ts';
import { mainSection, TopicFiles } from './topic-files.ts';
import { bytesOf, kindOfPlace, lineCount, type Waiting } from './waiting-line.ts';

interface KnownSection extends Section, FileSection {}

/** Share of a statement's telling words that one line must hold to be about the same. */
const sameSubject = 0.5;
/** Enough to prefer the place to the file of the topic. */
const relatedSubject = 0.36;
/** Enough for a statement that would otherwise be alone in a new file or land among the rest. */
const distantSubject = 0.2;
/** Enough where a word is shared that only this file speaks of. */
const ownSubject = 0.25;
const faintSubject = 0.12;
/** What it weighs that a place is the topic's own heading, or in the topic's own file. */
const homeHeading = 0.3;
const homeFile = 0.15;
/** Share of a file's lines that make it the topic's file, beside its name and without it. */
const mainTopic = 0.4;
const sideTopic = 0.3;
/** Lines that a topic needs for a file of its own: a reader prefers six to twelve files. */
function minTopicLines(files: number): number {
  return files < 6 ? 3 : files < 12 ? 4 : 8;
}
/** Fewer lines say little about what a file is about. */
const minSideLines = 3;

export class Placement {
  readonly topicOf: (piece: Piece) => string | null;
  readonly #sections: KnownSection[];
  readonly #near: Nearness<KnownSection>;
  readonly #homes = new Map<string, Section | null>();
  readonly #made: TopicFiles;
  #fileCount: number;

  /** `candidates` are the files that take new lines; `fileCount` counts all that will stand. */
  constructor(
    files: Map<string, NoteFile>,
    candidates: NoteFile[],
    topicOf: (piece: Piece) => string | null,
    isAllowed: (path: string) => boolean,
    fileCount: number,
  ) {
    this.topicOf = topicOf;
    this.#made = new TopicFiles(files, candidates, isAllowed);
    this.#fileCount = fileCount;
    this.#sections = candidates.flatMap((file) => sectionsOf(file).map((section) => ({ ...section, file })));
    const lines = this.#sections.flatMap((section) => section.claims.map((piece) => ({ section, text: piece.statement })));
    this.#near = new Nearness(lines, this.#sections);
  }

  /** A place for each line; null for a unit of a drawer that no place is better for than the drawer. */
  placeAll(lines: readonly Waiting[]): Map<Waiting, Section | null> {
    const placed = new Map<Waiting, Section | null>();
    const open = (): Waiting[] => lines.filter((line) => !placed.has(line));
    for (const line of lines)
      if (kindOfPlace(line) === 'open_conflict') placed.set(line, this.#made.ofList(openConflictsPath, 'Open conflicts', bytesOf(line)));
      else if (line.unit === null && line.topic === sessionNotesTopic)
        placed.set(line, this.#made.ofList(sessionNotesPath, sessionNotesTopic, bytesOf(line)));
    this.#placeEach(open(), placed, (line) => this.#knownPlace(line));
    // Lines that found their place show the way to others on the same.
    this.#placeEach(open(), placed, (line) => this.#knownPlace(line));
    this.#makeTopicFiles(
      open().filter((line) => kindOfPlace(line) === 'statement'),
      placed,
    );
    this.#placeEach(open(), placed, (line) => (kindOfPlace(line) === 'pattern' ? this.#patternPlace(line) : this.#distantPlace(line)));
    this.#collectRest(open(), placed);
    return placed;
  }

  /** Units stay in their drawer; statements share one file, below a heading for each topic. */
  #collectRest(rest: readonly Waiting[], placed: Map<Waiting, Section | null>): void {
    const topics = new Set(rest.filter((line) => line.unit === null).map((line) => line.topic));
    for (const line of rest) {
      const { topic } = line;
      if (line.unit !== null) placed.set(line, null);
      else if (topic !== null && topics.size === 1) placed.set(line, this.#made.ofTopic(topic, bytesOf(line)));
      else {
        const list = this.#made.ofList(factsPath, 'Facts', bytesOf(line));
        placed.set(line, topic === null ? list : { file: list.file, heading: this.#headingIn(list.file, topic) });
      }
    }
  }

  #placeEach(lines: readonly Waiting[], placed: Map<Waiting, Section | null>, find: (line: Waiting) => Section | null): void {
    const found: [Waiting, Section][] = [];
    for (const line of lines) {
      const section = find(line);
      if (section === null) continue;
      placed.set(line, section);
      if (!isListPath(section.file.path)) found.push([line, section]);
    }
    for (const [line, section] of found) this.#near.addLine(this.#known(section), line.statement);
  }

  /** Beside lines on the same, else where its topic is at home. */
  #knownPlace(line: Waiting): Section | null {
    const home = line.topic === null ? null : this.homeOf(line.topic);
    const bonus = ({ file, heading }: Section): number =>
      file !== home?.file ? 0 : heading !== null && heading === home.heading ? homeHeading : homeFile;
    const near = this.#near
      .near(line.statement)
      .map((found) => ({ ...found, total: found.score + bonus(found.section) }))
      .sort((a, b) => b.total - a.total);
    const isPattern = kindOfPlace(line) === 'pattern';
    const isRelated = ({ score, count, isOwn, section }: Near<KnownSection>): boolean =>
      (count >= 2 && score >= relatedSubject) || (isOwn && score >= ownSubject) || (section.file === home?.file && score >= distantSubject);
    const best = near.find((found) => found.line >= sameSubject && found.count >= 2) ?? (isPattern ? undefined : near.find(isRelated));
    const bytes = bytesOf(line);
    if (best !== undefined) {
      const landing = this.#landingOf(best.section, line.statement);
      const beside = isPattern && !this.#hasList(landing) ? null : this.#made.beside(landing, bytes);
      if (beside !== null) return beside;
    }
    if (home === null) return null;
    // A pattern joins the list of its topic itself, no odds and ends beside it.
    if (isPattern) return this.#hasList(home) ? this.#made.within(home, bytes) : null;
    return this.#made.within(this.#landingOf(home, line.statement), bytes);
  }

  /** A file for each topic that enough lines share, the largest first; other lines may then join it. */
  #makeTopicFiles(lines: readonly Waiting[], placed: Map<Waiting, Section | null>): void {
    const byTopic = new Map<string, Waiting[]>();
    for (const line of lines) if (line.topic !== null) byTopic.set(line.topic, [...(byTopic.get(line.topic) ?? []), line]);
    const size = (group: readonly Waiting[]): number => group.reduce((sum, line) => sum + lineCount(line), 0);
    for (const [topic, group] of [...byTopic].sort((a, b) => size(b[1]) - size(a[1]) || (a[0] < b[0] ? -1 : 1))) {
      if (size(group) < minTopicLines(this.#fileCount)) continue;
      this.#fileCount++;
      for (const line of group) {
        const section = this.#made.ofTopic(topic, bytesOf(line));
        placed.set(line, section);
        this.#near.addLine(this.#known(section), line.statement);
      }
    }
  }

  #known(section: Section): KnownSection {
    const known = this.#sections.find((entry) => entry.file === section.file && entry.heading === section.heading);
    if (known !== undefined) return known;
    const made = { ...section, claims: [], isOpen: true };
    this.#sections.push(made);
    return made;
  }

  #patternPlace(line: Waiting): Section {
    const bytes = bytesOf(line);
    return line.topic !== null && this.#made.has(line.topic)
      ? this.#made.ofTopic(line.topic, bytes)
      : this.#made.ofList(patternsPath, 'Patterns', bytes);
  }

  /** Where anything telling is shared at all; into a new file only what is related to its lines. */
  #distantPlace(line: Waiting): Section | null {
    const best = this.#near
      .near(line.statement)
      .find(({ score, count, isOwn, section }) =>
        this.#made.made.has(section.file)
          ? score >= relatedSubject && count >= 2
          : isOwn
            ? score >= faintSubject
            : score >= (count >= 2 ? distantSubject : relatedSubject),
      );
    return best === undefined ? null : this.#made.beside(this.#landingOf(best.section, line.statement), bytesOf(line));
  }

  /** The section itself where it is open; else the open one of its file that fits best, else a heading of its own. */
  #landingOf(section: Section, statement: string): Section {
    const { file } = section;
    const own = this.#sections.filter((entry) => entry.file === file);
    const known = own.find((entry) => entry.heading === section.heading);
    const isWhole = section.heading === null || section.heading === mainSection(file).heading;
    if (known?.isOpen !== false && !(isWhole && own.length > 1)) return section;
    const fitting = this.#near
      .near(statement)
      .find((found) => found.section.file === file && found.section.isOpen && found.score >= relatedSubject)?.section;
    if (fitting !== undefined) return fitting;
    if (known?.isOpen !== false) return section;
    const main = mainSection(file);
    if (own.find((entry) => entry.heading === main.heading)?.isOpen !== false) return main;
    const mixed = own.find((entry) => entry.isOpen && entry.heading !== null && namesNoTopic(entry.heading.title));
    if (mixed !== undefined) return mixed;
    // Steps are a closed list; what is only loosely about the same stands below a heading at the end.
    return own.some((entry) => entry.claims.some(isStep)) ? { file, heading: this.#headingIn(file, 'Notes') } : main;
  }

  /** The heading in a file, made at its end where it is missing. */
  #headingIn(file: NoteFile, title: string): Piece {
    const known = file.pieces.find((piece) => piece.kind === 'heading' && piece.level < 7 && !piece.isRemoved && piece.title === title);
    if (known !== undefined) return known;
    const heading: Piece = { ...emptyPiece, kind: 'heading', source: `## ${title}`, level: 2, title, lineBreak: file.lineBreak };
    const last = file.pieces.at(-1);
    if (last !== undefined && last.lineBreak === '') last.lineBreak = file.lineBreak;
    if (last !== undefined && last.kind !== 'blank') file.pieces.push({ ...emptyPiece, kind: 'blank', lineBreak: file.lineBreak });
    file.pieces.push(heading);
    return heading;
  }

  /** The place in the store that is about the topic: by its heading or name, or by what most of its claims are about. */
  homeOf(topic: string): Section | null {
    const known = this.#homes.get(topic);
    if (known !== undefined) return known;
    const words = topicWords(topic);
    let best: { section: Section; score: number } | null = null;
    for (const section of this.#sections) {
      const isTop = section.heading === null;
      const title = isTop ? wordsOfName(fileName(section.file.path)) : wordsOfName(section.heading?.title ?? '');
      const share = isTop ? this.#topicShare(section.file, topic) : 0;
      const score = matchShare(words, title) + (share >= mainTopic ? share * 0.9 : 0);
      if (score >= 0.5 && (best === null || score > best.score + 1e-9)) best = { section, score };
    }
    best ??= this.#fileAbout(topic);
    const home = best === null ? null : best.section.heading === null ? mainSection(best.section.file) : best.section;
    this.#homes.set(topic, home);
    return home;
  }

  /** Whether the section has a list of bullets, or is that of a new file. */
  #hasList({ file, heading }: Section): boolean {
    return (
      this.#made.made.has(file) ||
      sectionsOf(file)
        .find((entry) => entry.heading === heading)
        ?.claims.some(isBullet) === true
    );
  }

  /** No name says it, but a good part of its lines do. */
  #fileAbout(topic: string): { section: Section; score: number } | null {
    const files = [...new Set(this.#sections.map((section) => section.file))];
    const [best] = files
      .map((file) => ({ section: { file, heading: null }, score: this.#topicShare(file, topic, minSideLines) }))
      .sort((a, b) => b.score - a.score);
    return best !== undefined && best.score >= sideTopic ? best : null;
  }

  #topicShare(file: NoteFile, topic: string, least = 2): number {
    let about = 0;
    let all = 0;
    for (const piece of file.pieces) {
      if (piece.kind !== 'claim' || piece.isRemoved) continue;
      all++;
      if (this.topicOf(piece) === topic) about++;
    }
    return about >= least ? about / all : 0;
  }
}

function topicWords(topic: string): string[] {
  return wordsOfName(topic).filter((word) => !/^(?:and|the|of|to|a|an|in|on|for|how|about)$/.test(word));
}

function matchShare(topic: readonly string[], title: readonly string[]): number {
  const stems = new Set(title.map(lightStem));
  const matched = topic.filter((word) => stems.has(lightStem(word))).length;
  return topic.length === 0 ? 0 : matched / topic.length;
}
