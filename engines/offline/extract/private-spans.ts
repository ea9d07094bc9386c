// Stretches that no statement may hold: credentials, and numbers or addresses that point at one person.
import { findPersonalIdentifiers } from '../../../domain/personal-identifiers.ts';
import { findSecrets } from '../../../domain/secrets.ts';
import type { Span } from '../words.ts';

/** Whoever's: an address is not needed to know what somebody wants. Not `git@host:path`, not `name@1.2`. */
const address =
  /(?<![\w.%+/:-])(?!git@)[A-Za-z0-9][\w.%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,5}\.[A-Za-z]{2,24}(?![\w@:]|-\w)/g;

function addresses(text: string): Span[] {
  return text.includes('@') ? [...text.matchAll(address)].map((match) => ({ start: match.index, end: match.index + match[0].length })) : [];
}

/** In order of their starts; they may overlap. */
export function privateSpans(text: string): Span[] {
  return [...findSecrets(text), ...findPersonalIdentifiers(text), ...addresses(text)]
    .map(({ start, end }) => ({ start, end }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

export function isPrivate(text: string): boolean {
  return findSecrets(text).length > 0 || findPersonalIdentifiers(text).length > 0 || addresses(text).length > 0;
}

/** Whether a stretch touches one of them. */
export function touches(hidden: readonly Span[], { start, end }: Span): boolean {
  return hidden.some((span) => span.start < end && start < span.end);
}
