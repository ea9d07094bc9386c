/** JSON that a terminal can be shown: what JSON leaves as it is and a terminal obeys or hides is escaped; it parses to the same value. */
const hidden = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;

export function safeJson(value: unknown, indent?: number): string {
  // JSON.stringify has escaped the C0 controls inside strings; the line breaks of an indented text are its own.
  return JSON.stringify(value, null, indent).replace(hidden, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
