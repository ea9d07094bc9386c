/** Where a line of a memory comes from, for people. */
import type { LineOrigin } from '../../explain-line.ts';
import { style } from '../terminal.ts';
import { renderChanges, renderEvidence } from './change-list.ts';
import { day, excerpt } from './words.ts';

export function renderLineOrigin(origin: LineOrigin): string {
  const lines = [`${style('bold', `${origin.path}:${String(origin.line)}`)}  ${excerpt(origin.text, 200)}`];
  switch (origin.origin) {
    case 'change':
      lines.push(
        `Written by the dream ${origin.dream_id ?? ''} on ${day(origin.written_at)}:`,
        origin.change === null ? '' : renderChanges([origin.change]),
      );
      break;
    case 'kept':
      lines.push(`Stood in the store before; the dream ${origin.dream_id ?? ''} left it as it was.`);
      break;
    case 'imported':
      lines.push(`Stands as it came in on ${day(origin.written_at)}.`);
      break;
    case 'edited':
      lines.push(
        `Written on ${day(origin.written_at)} by ${excerpt(origin.by ?? 'somebody', 80)} (${origin.operation_id ?? 'no operation'}).`,
      );
      break;
    case 'layout':
      lines.push(`Makes no statement of its own: a heading, an index line or a blank, written by a dream on ${day(origin.written_at)}.`);
      break;
  }
  if (origin.moved !== null)
    lines.push(
      `Moved here${origin.moved.from === null ? '' : ` from ${excerpt(origin.moved.from, 120)}`} by the dream ${origin.moved.dream_id}.`,
    );
  if (origin.evidence.length > 0 && origin.change === null) lines.push(...origin.evidence.map((item) => `  ${renderEvidence(item)}`));
  return lines.join('\n');
}
