// Text without what only a terminal obeys: a transcript may hold escape sequences and signs that reorder or hide what is shown.

/** Titles and links (`ESC ] … BEL`), colours and cursor moves (`ESC [ … m`), and the two-character sequences. */
const escapeSequences =
  // oxlint-disable-next-line no-control-regex -- These are what it is about.
  /(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\u009d\r\n]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-Z^-~]/gu;
const controls = /\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line of characters that show: no escape sequences, no control characters, no marks of writing direction. */
export function plainCharacters(text: string): string {
  if (text.search(controls) < 0) return text;
  return text
    .replaceAll(escapeSequences, '')
    .replaceAll(/[\t\n\v\f\r\u0085]+/g, ' ')
    .replaceAll(controls, '')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
