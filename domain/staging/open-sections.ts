// Tells where new lines may go: into lists of notes, never into policies, agreements, numbered steps or other closed text.
import { fileName, wordsOfName } from '../layout.ts';
import { indentOf } from './render-note-file.ts';
import { hasFrontMatter, type NoteFile, type Piece } from './note-file.ts';

/** A heading with what stands below it up to the next one; null for what stands above every heading. */
export interface FileSection {
  heading: Piece | null;
  /** Claims that stand, in order. */
  claims: Piece[];
  isOpen: boolean;
}

/** Longer paragraphs are prose, not notes on lines of their own. */
const maxNoteParagraph = 220;

/** Names of texts that people agree on; a weak sign, as such a file may be a list of notes like any other. */
const closedNames = new Set(
  'policy policies license licence licenses compliance legal contract agreement charter constitution governance conduct runbook playbook changelog decision decisions adr'.split(
    ' ',
  ),
);

/** A text that is settled as a whole: by its folder, by what it says of itself, or by its name and form together. */
export function isSettledText(file: NoteFile): boolean {
  const folders = file.path.toLowerCase().split('/').slice(1, -1);
  if (folders.some((folder) => folder === 'policy' || folder === 'policies')) return true;
  if (saysReadOnly(file) || statesItsScope(file)) return true;
  return [...folders, ...wordsOfName(fileName(file.path))].some((word) => closedNames.has(word)) && !hasOpenList(file);
}

/** Whether nothing new may enter: a settled text, or one whose lines are an ordered list. */
export function isClosedToNewLines(file: NoteFile): boolean {
  if (isSettledText(file)) return true;
  const sections = sectionsOf(file);
  return (
    !sections.some((section) => section.isOpen && section.claims.length > 0) && sections.some((section) => section.claims.some(isStep))
  );
}

/** Whether it has a list of notes that is open at its end. */
export function hasOpenList(file: NoteFile): boolean {
  return sectionsOf(file).some((section) => section.isOpen && section.claims.some(isBullet));
}

export function sectionsOf(file: NoteFile): FileSection[] {
  const sections: FileSection[] = [{ heading: null, claims: [], isOpen: true }];
  for (const piece of file.pieces) {
    if (piece.isRemoved) continue;
    if (piece.kind === 'heading' && piece.level < 7) sections.push({ heading: piece, claims: [], isOpen: true });
    else if (piece.kind === 'claim') sections.at(-1)?.claims.push(piece);
  }
  for (const section of sections) section.isOpen = isOpenList(section.claims);
  return sections;
}

/** A list of bullets, short notes on lines of their own, or nothing yet. */
function isOpenList(claims: readonly Piece[]): boolean {
  if (claims.length === 0 || claims.some(isBullet)) return true;
  return (
    claims.length >= 2 &&
    claims.every((piece) => (piece.claim?.kind ?? 'item') === 'paragraph' && piece.statement.length <= maxNoteParagraph)
  );
}

export function isBullet(piece: Piece): boolean {
  return /^[-*+•]\s/.test(piece.source);
}

/** An entry of an ordered list: its place and number mean something. */
export function isStep(piece: Piece): boolean {
  return piece.kind === 'claim' && indentOf(piece.source) < 4 && /^\s*\d{1,9}[.)]\s/.test(piece.source);
}

function saysReadOnly(file: NoteFile): boolean {
  const head = file.content.slice(0, 2_000);
  if (/<!--[^>]{0,200}\b(?:do not edit|read[- ]?only|generated)\b/i.test(head)) return true;
  if (!hasFrontMatter(file)) return false;
  const end = head.indexOf('\n---', 3);
  const fields = end === -1 ? '' : head.slice(0, end);
  return (
    /^(?:read[-_]?only|locked|immutable|frozen|protected)[ \t]*:[ \t]*["']?(?:true|yes|on)\b/im.test(fields) ||
    /^status[ \t]*:[ \t]*["']?(?:final|locked|approved|accepted|adopted|frozen|archived)\b/im.test(fields) ||
    /^(?:generated|managed)[-_]?by[ \t]*:/im.test(fields)
  );
}

/** "Agreed with … on …", "Applies to …": the paragraph above its list says that the whole was settled, by whom, for what. */
function statesItsScope(file: NoteFile): boolean {
  const opening: string[] = [];
  for (const piece of file.pieces) {
    if (piece.kind !== 'claim' || piece.isRemoved) continue;
    if (piece.claim?.kind !== 'paragraph') break;
    opening.push(piece.statement.slice(0, 400));
    if (opening.length === 3) break;
  }
  return opening.some((text) =>
    /^(?:this (?:policy|document|page|agreement) (?:is |was )?)?(?:agreed|approved|adopted|ratified|signed|effective|in force|applies to|valid (?:from|until)|binding)\b/i.test(
      text,
    ),
  );
}
