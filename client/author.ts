/** Who does something, and why, in their own words: what an operation or a move of an alias keeps about its author. */
import { maxByCharacters, maxNoteCharacters } from '../domain/decision.ts';
import { DreamsError } from '../domain/errors.ts';
import { hasLoneSurrogate } from '../domain/utf8.ts';

export interface Author {
  by: string;
  note?: string | null | undefined;
}

/** The author as it is stored. An empty note is none. */
export function checkAuthor({ by, note }: Author): { by: string; note: string | null } {
  checkText(by, 'A name of who does it', maxByCharacters);
  if (by.trim() === '') throw new DreamsError('invalid_input', 'Who does it was not said: the name is empty.');
  if (note === undefined || note === null || note.trim() === '') return { by, note: null };
  checkText(note, 'A note', maxNoteCharacters);
  return { by, note };
}

function checkText(text: string, what: string, most: number): void {
  const characters = Array.from(text).length;
  if (characters > most)
    throw new DreamsError('invalid_input', `${what} has at most ${String(most)} characters; this one has ${String(characters)}.`, {
      hint: 'Shorten it; nothing was changed.',
    });
  if (text.includes('\u0000') || hasLoneSurrogate(text))
    throw new DreamsError('invalid_input', `${what} holds a NUL character or half of a surrogate pair, which the database cannot keep.`, {
      hint: 'Take it out; nothing was changed.',
    });
}
