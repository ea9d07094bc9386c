/** What a session that is imported again brings that is new: events are recognised by their hash, in order. */
import type { ImportedEvent } from './source.ts';

export type Growth =
  /** Nothing new: the same session, or an older copy of it. */
  | { kind: 'same' }
  | { kind: 'grew'; events: ImportedEvent[] }
  /** From position `at` (from 0) on the two tell different stories; `events` are the imported ones that are not stored. */
  | { kind: 'diverged'; at: number; events: ImportedEvent[] };

export function newEvents(stored: { sha256: string }[], imported: ImportedEvent[]): Growth {
  const common = Math.min(stored.length, imported.length);
  let at = 0;
  while (at < common && stored[at]?.sha256 === imported[at]?.sha256) at += 1;
  if (at === imported.length) return { kind: 'same' };
  if (at === stored.length) return { kind: 'grew', events: imported.slice(at) };
  // Equal events may occur more than once ("ok"), so each stored one answers for one imported one.
  const left = new Map<string, number>();
  for (const event of stored.slice(at)) left.set(event.sha256, (left.get(event.sha256) ?? 0) + 1);
  const events = imported.slice(at).filter((event) => {
    const count = left.get(event.sha256) ?? 0;
    if (count > 0) left.set(event.sha256, count - 1);
    return count === 0;
  });
  return { kind: 'diverged', at, events };
}
