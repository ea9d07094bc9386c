import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { RecordedHistory } from './read.ts';
import type { History } from '../support/replayer.ts';

export const historiesFolder = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

/** `npm run histories:record` calls the paths with this variable. */
export const isRecording = process.env['RECORD_HISTORIES'] === 'yes';

/** In the JSON form of Temporal's own tools. */
export function toRecorded(history: History): RecordedHistory['history'] {
  return JSON.parse(historyToJSON(history)) as RecordedHistory['history'];
}

/**
 * Writes a history where the replay of recorded ones finds it: a folder a day, an event a line. One that is there already stays
 * as it is and says so: whoever records a new path records the others of the day again unless they named it alone.
 */
export function save(name: string, history: History): void {
  const folder = join(historiesFolder, new Date().toISOString().slice(0, 10));
  const file = join(folder, `${name}.json`);
  if (existsSync(file)) {
    process.stderr.write(`${file.slice(root.length)} stays as it is: recorded before, and a recorded history is never changed.\n`);
    return;
  }
  mkdirSync(folder, { recursive: true });
  const { events } = toRecorded(history);
  writeFileSync(file, `{"events":[\n${events.map((event) => withoutHost(JSON.stringify(event))).join(',\n')}\n]}\n`);
}

/** Workers and clients sign with their process and host, and a checkout's stacks name its folder: nothing of it is about the run. */
function withoutHost(event: string): string {
  return (
    event
      .replaceAll(root, '')
      // Where node_modules is a link, its files have the folder that it leads to.
      .replaceAll(/\/[^\s"()]*\/(?=node_modules\/)/g, '')
      .replaceAll(/"identity":"[^"]*"/g, '"identity":"recorder"')
      .replaceAll(/"(workerInstanceKey|workerGroupingKey)":"[^"]*"/g, '"$1":""')
      .replaceAll(/"name":"\d+@[^"]*"/g, '"name":"sticky"')
  );
}
