/** How something that was read appears in a sentence: at most 80 characters, nothing that moves a terminal's cursor. */
const maxShown = 80;

export function shown(text: string): string {
  const characters = Array.from(text.slice(0, 2 * maxShown + 2));
  const cut = characters.length > maxShown ? `${characters.slice(0, maxShown - 1).join('')}…` : characters.join('');
  // Control characters, bidirectional overrides and lone surrogates.
  return cut.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** `1 line`, `3 lines`, `10,000 lines`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
