// Stretches that no statement may hold: credentials, and numbers or addresses that point at one person.
import { findPersonalIdentifiers } from '../../../domain/personal-identifiers.ts';
import { findSecrets } from '../../../domain/secrets.ts';
import type { Span } from '../words.ts';

/** In order of their starts; they may overlap. */
export function privateSpans(text: string): Span[] {
  return [...findSecrets(text), ...findPersonalIdentifiers(text)].map(({ start, end }) => ({ start, end })).sort((a, b) => a.start - b.start || a.end - b.end);
}

export function isPrivate(text: string): boolean {
  return findSecrets(text).length > 0 || findPersonalIdentifiers(text).length > 0;
}
