// How the note of a session is told from other lines: by its opening words, which name the day.
const opening = /^Session of \d{1,2} \p{Lu}\p{L}{2,8} \d{4}: /u;

/** What a note begins with. */
export function noteOpening(day: string): string {
  return `Session of ${day}: `;
}

export function isSessionNote(text: string): boolean {
  return opening.test(text);
}

/** Notes of one day meet in a group. */
export function keyOfNote(text: string): string {
  return `session note | ${opening.exec(text)?.[0] ?? ''}`;
}
