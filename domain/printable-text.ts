// Makes text from transcripts and memories safe to print: it may hold escape sequences that move the cursor or hide lines.

/**
 * What a terminal obeys or does not show: control characters but line feed and tab, format characters (bidirectional
 * overrides, zero-width signs, tags), line separators, fillers, variation selectors other than the two for emoji, halves
 * of surrogate pairs.
 */
const hidden =
  /[^\P{Cc}\n\t]|\p{Cf}|\p{Cs}|[\u2028\u2029\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\ufe00-\ufe0d]|[\u{e0100}-\u{e01ef}]/gu;

/** `text` with everything that a terminal would obey or not show replaced by a sign for it: `␛` for escape, `\u{202e}` for an override. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? '\u2421' : `\\u{${code.toString(16)}}`;
  });
}

/** Control characters but line feed, carriage return and tab, and the bidirectional overrides: what nobody writes into a note on purpose. */
const commanding = /[^\P{Cc}\n\r\t]|[\u202a-\u202e\u2066-\u2069]/gu;

export function holdsControlCharacters(text: string): boolean {
  return text.search(commanding) >= 0;
}

export function withoutControlCharacters(text: string): string {
  return text.replaceAll(commanding, '');
}
