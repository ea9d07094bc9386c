// Tells a junk drawer from a well-kept file: by the mix of topics in it and by how little order there is.
import { fileName, namesNoTopic, wordsOfName } from '../layout.ts';
import { hasFrontMatter, isCode, openFence, type NoteFile, type Piece } from './note-file.ts';

export interface DrawerSigns {
  /** Topic of each claim that has one, in order. */
  topics: readonly string[];
  /** Share of the file's claims that this dream takes away. */
  lostShare: number;
}

/** Decided first before anything is taken out, so that the mess counts that a reader sees. */
export function isJunkDrawer(file: NoteFile, signs: DrawerSigns): boolean {
  const claims = file.pieces.filter((piece) => piece.kind === 'claim' && !piece.isRemoved);
  if (claims.length < 2 || hasFrontMatter(file) || isSectioned(file) || isProse(claims)) return false;
  const { distinct, dominantShare } = mixOf(signs.topics);
  if (isNamedForNothing(file.path)) return distinct >= 2 && dominantShare <= 0.8;
  if (distinct < 3 || dominantShare > 0.5 || signs.topics.length < 4) return false;
  const disorder = [
    lacksTitle(file),
    signs.lostShare >= 0.25,
    claims.filter((piece) => /^\s*[-*+] \[[ xX]\]/.test(piece.source)).length >= claims.length / 2,
  ].filter(Boolean).length;
  return disorder >= 2;
}

/** Whether a reader would look for a topic in it: its name says one, or its headings do, and what is put in stays readable. */
export function isKeptInOrder(file: NoteFile): boolean {
  if (file.pieces.some((piece) => piece.kind === 'claim' && !piece.isRemoved && openFence(piece.source) !== null)) return false;
  return isSectioned(file) || !isNamedForNothing(file.path);
}

/** "notes.md", "old/2026.md": neither the file's name nor its folder's says what is in it. */
export function isNamedForNothing(path: string): boolean {
  return namesNoTopic(fileName(path)) || namesNoTopic(lastFolder(path));
}

function mixOf(topics: readonly string[]): { distinct: number; dominantShare: number } {
  const counts = new Map<string, number>();
  for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return { distinct: counts.size, dominantShare: topics.length === 0 ? 1 : Math.max(...counts.values()) / topics.length };
}

/** Two or more headings below the title that say something and hold most of the claims. */
function isSectioned(file: NoteFile): boolean {
  let inside = 0;
  let under = false;
  const telling = new Set<string>();
  const live = file.pieces.filter((piece) => !piece.isRemoved);
  const first = live.find((piece) => piece.kind === 'heading');
  for (const piece of live) {
    if (piece.kind === 'heading' && piece.level < 7) {
      under = piece !== first && !namesNoTopic(piece.title);
      if (under) telling.add(piece.title);
    } else if (piece.kind === 'claim' && under) inside++;
  }
  return telling.size >= 2 && inside >= live.filter((piece) => piece.kind === 'claim').length / 2;
}

/** Long paragraphs are written for their place; only short notes are dealt out. */
function isProse(claims: readonly Piece[]): boolean {
  return (
    claims.filter((piece) => isCode(piece) || (piece.claim?.kind === 'paragraph' && piece.statement.length > 220)).length >
    claims.length / 3
  );
}

/** No heading, or one that only repeats the file's path. */
function lacksTitle(file: NoteFile): boolean {
  const title = file.pieces.find((piece) => piece.kind === 'heading' && piece.level < 7 && !piece.isRemoved)?.title;
  if (title === undefined || namesNoTopic(title)) return true;
  return title.includes('/') && wordsOfName(title).join(' ') === wordsOfName(file.path).join(' ');
}

function lastFolder(path: string): string {
  const folders = path.split('/').slice(1, -1);
  const last = folders.at(-1) ?? '';
  // `notes/deploy.md` is a file on deployment; only folders of leftovers make every file in them one.
  return /^(?:old|archived?|backups?|bak|scratch|tmp|temp|misc|junk|inbox)$/i.test(last) ? last : 'named';
}
