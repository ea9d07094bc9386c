/** The words around a quote, as a reviewer reads them: about a hundred characters on each side, secrets masked. */
import { findSecrets, secretMask } from '../domain/secrets.ts';
import type { SecretSpan } from '../domain/secrets.ts';

export interface QuoteContext {
  /** Empty where the quote begins or ends the text. */
  before: string;
  after: string;
}

const around = 100;
/** What names a secret, or begins a key of many lines, may stand well before the words that are shown. */
const considered = 4_000;

/** Of `text`, beside the stretch from `start` to `end`. Cut at blanks; "…" where something was cut. */
export function quoteContext(text: string, start: number, end: number): QuoteContext {
  const from = Math.max(0, start - considered);
  const to = Math.min(text.length, end + considered);
  const secrets = findSecrets(text.slice(from, to)).map((span) => ({ ...span, start: span.start + from, end: span.end + from }));
  const left = Math.max(from, start - around);
  const right = Math.min(to, end + around);
  return {
    before: `${left > 0 ? '…' : ''}${fromBlank(masked(text, left, start, secrets), left > 0)}`,
    after: `${toBlank(masked(text, end, right, secrets), right < text.length)}${right < text.length ? '…' : ''}`,
  };
}

/** A secret that reaches into the stretch is masked whole. */
function masked(text: string, start: number, end: number, secrets: readonly SecretSpan[]): string {
  let shown = '';
  let at = start;
  for (const secret of secrets) {
    if (secret.end <= at || secret.start >= end) continue;
    shown += text.slice(at, Math.max(at, secret.start)) + secretMask;
    at = Math.min(end, secret.end);
  }
  return shown + text.slice(at, end);
}

function fromBlank(text: string, isCut: boolean): string {
  return isCut ? text.replace(/^\S{0,30}\s/, '') : text;
}

function toBlank(text: string, isCut: boolean): string {
  return isCut ? text.replace(/\s\S{0,30}$/, '') : text;
}
