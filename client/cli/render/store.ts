import type { ShownStore } from '../../show-store.ts';
import type { WireMemory } from '../../wire/store.ts';
import { foreign, style } from '../terminal.ts';
import { counted, excerpt, minute } from './words.ts';

export function renderStore(store: ShownStore): string {
  const { last_operation: last } = store;
  const written =
    last === null
      ? 'nothing was ever written to it'
      : `last written ${minute(last.created_at)} by ${last.dream_id === null ? `an operation of kind ${last.kind}` : `the dream ${last.dream_id}`}`;
  return [
    `${style('bold', store.id)}  ${excerpt(store.name, 80)}${store.archived_at === null ? '' : `  (archived ${minute(store.archived_at)})`}`,
    `  ${counted(store.memories.length, 'memory', 'memories')}, ${written}`,
    ...store.memories.map(
      (memory) => `  ${memory.id}  ${String(memory.content_size_bytes).padStart(7)} bytes  ${excerpt(memory.path, 200)}`,
    ),
  ].join('\n');
}

/** The text with numbers before its lines, so that --line can be asked for. */
export function renderMemory(memory: WireMemory & { content: string }): string {
  const lines = foreign(memory.content).split('\n');
  if (lines.at(-1) === '') lines.pop();
  const width = String(lines.length).length;
  return [
    `${style('bold', memory.id)}  ${excerpt(memory.path, 200)}  (${memory.memory_store_id})`,
    ...lines.map((line, index) => `${style('dim', String(index + 1).padStart(width))}  ${line.replaceAll('\r', '')}`),
  ].join('\n');
}
