// Makes files for topics and keeps them at a size that is read in one go: a full one goes on in a numbered part.
import { fileName, freePath, namesNoTopic, slugOf } from '../layout.ts';
import { checkMemoryPath } from '../memory-path.ts';
import { utf8Length } from '../utf8.ts';
import type { Section } from './nearness.ts';
import { newNoteFile, type NoteFile } from './note-file.ts';

/** New topic files end here and go on in a numbered part; about what an agent reads in one go. */
const maxTopicFileBytes = 16_000;
/** Leaves room below the limit of a memory for a later edit. */
const maxExistingFileBytes = 90_000;

export class TopicFiles {
  readonly files: Map<string, NoteFile>;
  readonly isAllowed: (path: string) => boolean;
  /** New in this layout; in the next one they stand like any other. */
  readonly made = new Set<NoteFile>();
  readonly #folder: string;
  readonly #taken: Set<string>;
  readonly #sizes = new Map<NoteFile, number>();
  readonly #partOf = new Map<string, NoteFile[]>();

  constructor(files: Map<string, NoteFile>, candidates: readonly NoteFile[], isAllowed: (path: string) => boolean) {
    this.files = files;
    this.isAllowed = isAllowed;
    this.#taken = new Set(files.keys());
    this.#folder = usualFolder(candidates);
  }

  /** Whether a file of the topic was made. */
  has(topic: string): boolean {
    return this.#partOf.has(topic);
  }

  ofList(path: string, title: string, bytes: number): Section {
    const last = this.#partOf.get(path)?.at(-1) ?? this.#lastPart(path);
    const fits = last !== undefined && this.isAllowed(last.path) && this.#sizeOf(last) < maxTopicFileBytes;
    return this.#reserve(fits ? last : this.#create('/', path.slice(1, -3), title, path), bytes);
  }

  ofTopic(topic: string, bytes: number): Section {
    const last = this.#partOf.get(topic)?.at(-1);
    if (last !== undefined && this.#sizeOf(last) + bytes <= maxTopicFileBytes) return this.#reserve(last, bytes);
    const slug = slugOf(topic) === '' ? 'facts' : slugOf(topic);
    return this.#reserve(this.#create(this.#folder, slug, topic, topic), bytes);
  }

  /** The section itself as long as its file may grow; of a full topic file, its next part. */
  within(section: Section, bytes: number): Section {
    if (this.#sizeOf(section.file) + bytes > maxTopicFileBytes) return this.#nextPart(section.file, bytes);
    this.#reserve(section.file, bytes);
    return section;
  }

  /** The section beside related lines, or null where its file is full. */
  beside(section: Section, bytes: number): Section | null {
    if (this.#sizeOf(section.file) + bytes > maxExistingFileBytes) return null;
    this.#reserve(section.file, bytes);
    return section;
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

  #create(folder: string, slug: string, title: string, group: string): NoteFile {
    const path = freePath(folder, slug, this.#taken, this.isAllowed);
    const parts = this.#partOf.get(group) ?? [];
    const file = this.#make(path, parts.length === 0 ? title : `${title} (part ${parts.length + 1})`);
    this.#partOf.set(group, [...parts, file]);
    return file;
  }

  #make(path: string, title: string): NoteFile {
    const file = newNoteFile(path, title);
    this.#taken.add(path);
    this.files.set(path, file);
    this.made.add(file);
    return file;
  }

  /** The numbered part of a full topic file that has room, a new one where none has. */
  #nextPart(file: NoteFile, bytes: number): Section {
    const title =
      file.pieces.find((piece) => piece.kind === 'heading' && !piece.isRemoved)?.title ?? fileName(file.path).replace(/\.md$/, '');
    for (let part = 2; ; part++) {
      const path = file.path.replace(/(?:\.md)?$/, `-${part}.md`);
      const known = this.files.get(path);
      if (known !== undefined && this.isAllowed(path) && this.#sizeOf(known) + bytes <= maxTopicFileBytes)
        return this.#reserve(known, bytes);
      if (known !== undefined || this.#taken.has(path)) continue;
      if (!this.isAllowed(path) || checkMemoryPath(path) !== null) return this.#reserve(file, bytes);
      return this.#reserve(this.#make(path, `${title} (part ${part})`), bytes);
    }
  }

  #sizeOf(file: NoteFile): number {
    let size = this.#sizes.get(file);
    if (size === undefined) {
      size = file.pieces.reduce((sum, piece) => sum + (piece.isRemoved ? 0 : utf8Length(piece.source) + 2), 0);
      this.#sizes.set(file, size);
    }
    return size;
  }

  #reserve(file: NoteFile, bytes: number): Section {
    this.#sizes.set(file, this.#sizeOf(file) + bytes);
    return mainSection(file);
  }
}

/** Below the title and before the first sub-heading. */
export function mainSection(file: NoteFile): Section {
  const headings = file.pieces.filter((piece) => piece.kind === 'heading' && piece.level < 7 && !piece.isRemoved);
  const first = headings[0];
  const opens =
    first !== undefined && !file.pieces.slice(0, file.pieces.indexOf(first)).some((piece) => piece.kind === 'claim' && !piece.isRemoved);
  return { file, heading: opens ? first : null };
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
