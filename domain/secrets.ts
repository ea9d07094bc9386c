// Credentials in a text: where they are, the text without them, the longest stretch beside them.
import { findAssigned } from './secret-assignments.ts';
import { findFormats } from './secret-formats.ts';
import { findMentioned } from './secret-mentions.ts';
import { findRandomTokens } from './secret-tokens.ts';

/** A stretch of a text that looks like a credential. UTF-16 offsets. */
export interface SecretSpan {
  start: number;
  end: number;
  /** What it looks like, for reports: "GitHub token". Never the value. */
  kind: string;
}

export const secretMask = '[secret removed]';

/** Every stretch of `text` that looks like a credential, in order, not overlapping. */
export function findSecrets(text: string): SecretSpan[] {
  const found = [...findFormats(text), ...findAssigned(text), ...findMentioned(text), ...findRandomTokens(text)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const spans: SecretSpan[] = [];
  for (const span of found) {
    const last = spans.at(-1);
    if (last !== undefined && span.start < last.end) last.end = Math.max(last.end, span.end);
    else spans.push({ ...span });
  }
  return spans;
}

/** `text` with each secret replaced by `secretMask`. */
export function maskSecrets(text: string): string {
  let masked = '';
  let from = 0;
  for (const span of findSecrets(text)) {
    masked += text.slice(from, span.start) + secretMask;
    from = span.end;
  }
  return masked + text.slice(from);
}

/** The longest stretch of `text` between `start` and `end` that touches no secret; null when nothing but blanks is left. */
export function secretFreeSpan(text: string, start: number, end: number): { start: number; end: number } | null {
  let longest: { start: number; end: number } | null = null;
  let from = start;
  // Secrets are looked for in the whole text: what names one may stand before the range.
  for (const secret of [...findSecrets(text), { start: end, end }]) {
    const to = Math.min(secret.start, end);
    if (to > from && text.slice(from, to).trim() !== '' && (longest === null || to - from > longest.end - longest.start))
      longest = { start: from, end: to };
    from = Math.max(from, secret.end);
  }
  return longest;
}
