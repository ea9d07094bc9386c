/** Ids of a source as they can be stored: the database's text holds no NUL, and an id is short. */
import { sha256Hex } from '../domain/hash.ts';

const maxIdCharacters = 256;

/** The id itself in all but hostile cases; null when there is none. */
export function sourceId(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') return null;
  // Ids that differ must stay different, so the hash of the whole stands for what is cut or replaced.
  const isPlain = text.length <= maxIdCharacters && !/[\p{Cc}\p{Surrogate}]/u.test(text);
  return isPlain ? text : `${text.slice(0, 40).replace(/[\p{Cc}\p{Surrogate}]/gu, '?')}-${sha256Hex(text)}`;
}
