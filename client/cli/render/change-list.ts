/** The change list as a reviewer reads it: grouped by file, the risky ones first, each change with its reason and the words it rests on. */
import type { ChangeKind } from '../../../domain/change.ts';
import type { WireChange, WireEvidence } from '../../wire/change.ts';
import { byFile, riskiestFirst } from '../../wire/change.ts';
import { style } from '../terminal.ts';
import { day, excerpt } from './words.ts';

export const kindColors: Record<ChangeKind, 'green' | 'yellow' | 'red' | 'cyan'> = {
  add: 'green',
  pattern: 'green',
  merge: 'cyan',
  move: 'cyan',
  rewrite: 'cyan',
  supersede: 'yellow',
  open_conflict: 'yellow',
  retire: 'red',
};

const lineLength = 200;
const quoteLength = 160;
const evidenceAtMost = 5;

export function renderChanges(changes: readonly WireChange[]): string {
  if (changes.length === 0) return 'Nothing to change.';
  return byFile(riskiestFirst(changes))
    .map(([path, own]) => [style('bold', excerpt(path, 1_000)), ...own.map(renderChange)].join('\n'))
    .join('\n\n');
}

function renderChange(change: WireChange): string {
  const label = style(kindColors[change.kind], change.kind.replace('_', ' ').padEnd(9));
  const shown = change.after ?? change.before ?? change.removed[0]?.text ?? '';
  const lines = [`  ${label} ${excerpt(shown, lineLength)}`];
  for (const text of replaced(change)) lines.push(`            was: ${excerpt(text, lineLength)}`);
  lines.push(`            why: ${excerpt(change.reason, 400)}`);
  for (const item of change.evidence.slice(0, evidenceAtMost)) lines.push(`            ${renderEvidence(item)}`);
  const more = change.evidence.length - evidenceAtMost;
  if (more > 0) lines.push(`            and ${String(more)} more`);
  return lines.join('\n');
}

/** What stood there before, when the first line does not show it already. */
function replaced({ after, before, removed }: WireChange): string[] {
  if (after === null) return [];
  const texts = removed.length > 0 ? removed.map((line) => line.text) : before === null ? [] : [before];
  return texts.filter((text) => text.trim() !== after.trim());
}

export function renderEvidence(item: WireEvidence): string {
  const quote = `“${excerpt(item.quote, quoteLength)}”`;
  return item.type === 'event'
    ? `from: ${item.session_title === null ? item.session_id : excerpt(item.session_title, 60)}, ${day(item.at)}, ${item.origin}: ${quote}`
    : `from: memory ${excerpt(item.path, 80)}, ${day(item.at)}: ${quote}`;
}
