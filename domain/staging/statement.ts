// The form of a statement in a file: one line, without list marker, checkbox or heading mark, so that it reads back as itself.
import { stripMarkers } from '../markdown/lines.ts';

export function cleanStatement(statement: string): string {
  let text = statement.replace(/\s+/g, ' ').trim();
  for (let round = 0; round < 4; round++) {
    const next = stripMarkers(text)
      .replace(/^#{1,6} +/, '')
      .replace(/^>+ ?/, '')
      .trim();
    if (next === text) break;
    text = next;
  }
  return text
    .replace(/^(?:```+|~~~+)\s*/, '')
    .replace(/^\|/, '')
    .trim();
}

/** For "is it the same text": case, spaces, quotes and closing marks aside. */
export function sameText(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s"'“”‘’`*_]+/g, ' ')
    .replace(/[.!;,]+ ?$/, '')
    .trim();
}
