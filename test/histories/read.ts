import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { historiesFolder } from './save.ts';

/** In the JSON form of Temporal's own tools. */
export interface RecordedHistory {
  name: string;
  history: { events: RecordedEvent[] };
}

export type RecordedEvent = Record<string, unknown> & { eventId: string };

/** Every recorded history; the name is its path below test/histories without the ending. */
export function recordedHistories(): RecordedHistory[] {
  return readdirSync(historiesFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ''),
      history: JSON.parse(readFileSync(join(historiesFolder, file), 'utf8')) as RecordedHistory['history'],
    }));
}
