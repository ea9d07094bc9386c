/** Aliases for people: where a name points, how it came to, and what a move did. */
import type { AliasMoveKind } from '../../../domain/alias.ts';
import type { MovedAlias } from '../../move-alias.ts';
import type { ShownAlias } from '../../show-alias.ts';
import type { WireAlias, WireAliasMove } from '../../wire/alias.ts';
import { style } from '../terminal.ts';
import { excerpt, minute } from './words.ts';

export function renderAliases(aliases: readonly WireAlias[]): string {
  if (aliases.length === 0) return 'No aliases. Make one with: dreams alias set NAME memstore_...';
  const width = Math.max(...aliases.map(({ name }) => name.length));
  return aliases
    .map(({ name, memory_store_id: store, updated_at: since }) => `${name.padEnd(width)}  ${store}  since ${minute(since)}`)
    .join('\n');
}

export function renderAlias(alias: ShownAlias): string {
  const { name, rollback_to: back } = alias;
  return [
    `${style('bold', name)}  ${alias.memory_store_id}  since ${minute(alias.updated_at)}`,
    back === null ? '  rollback   nothing to go back to' : `  rollback   leads to ${back}`,
    '  moves, newest first',
    ...alias.moves.map((move) => `    ${renderMove(move)}`),
  ].join('\n');
}

const moveWords: Record<AliasMoveKind, string> = {
  set: 'set to',
  promote: 'promoted to',
  rollback: 'rolled back to',
  dream: 'moved to',
};

function renderMove({ kind, memory_store_id: store, by, note, dream_id: dream, at }: WireAliasMove): string {
  const from = dream === null || kind === 'dream' ? '' : `, which the dream ${dream} wrote`;
  const why = note === null ? '' : `: ${excerpt(note, 200)}`;
  return `${minute(at)}  ${moveWords[kind]} ${store}${from}, by ${excerpt(by, 60)}${why}`;
}

/** What a move did, and the way back. */
export function renderMoved({ name, memory_store_id: store, before, moved, dream_id: dream }: MovedAlias): string {
  const which = dream === null ? store : `${store}, the output of the dream ${dream}`;
  if (!moved) return `${name} points at ${which} already; nothing was changed.`;
  if (before === null) return `${name} now points at ${which}.`;
  return `${name} now points at ${which}; it pointed at ${before} before.`;
}
