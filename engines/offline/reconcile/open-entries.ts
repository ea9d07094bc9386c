// Entries of the list of open conflicts: what earlier dreams wrote there is told apart, and known to be settled.
import type { Claim } from '../../../domain/claim.ts';
import { isOpenConflictsPath } from '../../../domain/layout.ts';
import type { Proposal } from '../../../domain/proposal.ts';
import { findSecrets } from '../../../domain/secrets.ts';
import { terms } from '../words.ts';

/** An entry that holds a credential is treated as any line, so that it is masked. */
export function isOpenEntry(claim: Claim): boolean {
  return isOpenConflictsPath(claim.path) && claim.text.startsWith('Open: ') && findSecrets(claim.text).length === 0;
}

/** What the lines say once the proposals are carried out. */
export function standingTexts(claims: readonly Claim[], proposals: readonly Proposal[]): string[] {
  const made = proposals.filter(({ kind }) => kind !== 'open_conflict' && kind !== 'drop');
  const gone = new Set(made.flatMap(({ claimIds }) => claimIds));
  return [
    ...claims.filter(({ id }) => !gone.has(id)).map(({ text }) => text),
    ...made.flatMap((proposal) => ('statement' in proposal ? proposal.statement : [])),
  ];
}

/** `"30 days" (in the memory, 2026-01-02: "Logs are kept 30 days")`; the last part is missing where the entry names the slot first. */
const side = /"([^"]+)" \(([^:"()]*)(?:: "([^"]*)")?\)/g;
const slot = /^Open: "([^"]*)" is "/;

/**
 * One side is stated and another no longer is. Where none is, the lines are elsewhere; a side that only a session said never
 * stood in the store, so that its absence tells nothing.
 */
export function isSettledBy(entry: string, texts: readonly string[]): boolean {
  const sides = [...entry.matchAll(side)].map((match) => ({ value: match[1] ?? '', source: match[2] ?? '', line: match[3] }));
  if (sides.length < 2 || sides.some(({ source }) => !source.startsWith('in the memory,'))) return false;
  const name = slot.exec(entry)?.[1] ?? '';
  const stated = sides.map(({ value, line }) => texts.some((text) => states(text, value, line ?? name)));
  return stated.includes(true) && stated.includes(false);
}

/** It holds the value, and half of the words that say of what. */
function states(text: string, value: string, about: string): boolean {
  if (!includesWord(text.toLowerCase(), value.toLowerCase())) return false;
  const ofValue = new Set(terms(value));
  const words = terms(about).filter((word) => !ofValue.has(word));
  const own = new Set(terms(text));
  return words.filter((word) => own.has(word)).length * 2 >= words.length;
}

function includesWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && !/[\p{L}\p{N}]/u.test(text.charAt(at + word.length))) return true;
  return false;
}
