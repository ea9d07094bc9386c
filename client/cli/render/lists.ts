import type { WireDream } from '../../wire/dream.ts';
import type { WireSession } from '../../wire/session.ts';
import type { WireStore } from '../../wire/store.ts';
import { style } from '../terminal.ts';
import { counted, excerpt, minute } from './words.ts';

export interface Lists {
  dreams: WireDream[];
  stores: (WireStore & { memories: number })[];
  sessions: WireSession[];
}

export function renderLists({ dreams, stores, sessions }: Lists): string {
  return [
    section(
      'Dreams',
      dreams.map(
        (dream) =>
          `${dream.id}  ${minute(dream.created_at)}  ${stateOf(dream).padEnd(10)}  ${counted(dream.inputs[1].session_ids.length, 'session').padEnd(12)}  ${dream.inputs[0].memory_store_id} -> ${dream.outputs[0]?.memory_store_id ?? '-'}`,
      ),
    ),
    section(
      'Memory stores',
      stores.map(
        (store) =>
          `${store.id}  ${minute(store.created_at)}  ${counted(store.memories, 'memory', 'memories').padEnd(12)}  ${excerpt(store.name, 60)}`,
      ),
    ),
    section(
      'Sessions',
      sessions.map(
        (session) =>
          `${session.id}  ${minute(session.created_at)}  ${counted(session.open_dreams.events, 'event').padEnd(12)}  ${session.title === null ? '(no title)' : excerpt(session.title, 60)}`,
      ),
    ),
  ].join('\n\n');
}

/** One word; a dream that waits for its reviewer is the one to look at. */
function stateOf({ status, open_dreams: { outcome, review } }: WireDream): string {
  return review?.ends_at == null ? (outcome ?? status) : 'in review';
}

function section(title: string, lines: readonly string[]): string {
  return [style('bold', title), ...(lines.length === 0 ? ['  none'] : lines.map((line) => `  ${line}`))].join('\n');
}
