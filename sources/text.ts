/** From bytes to text: what is not UTF-8 is replaced, counted and located, never passed over in silence. */
import { Buffer, isUtf8 } from 'node:buffer';

export interface Decoded {
  text: string;
  /** Byte sequences that are not UTF-8, each replaced by one U+FFFD. */
  invalidCount: number;
  /** Byte position of the first one; -1 when there is none. */
  invalidAt: number;
}

/** UTF-8 to text, a byte order mark kept: a memory keeps its bytes. */
export function decodeText(bytes: Uint8Array): Decoded {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('utf8');
  if (isUtf8(buffer)) return { text, invalidCount: 0, invalidAt: -1 };
  return { text, ...invalidSequences(bytes) };
}

export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** UTF-16 with a byte order mark, as some Windows programs write. */
export function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Counts as the WHATWG decoder replaces: each longest start of a valid sequence is one. */
export function invalidSequences(bytes: Uint8Array): { invalidCount: number; invalidAt: number } {
  let invalidCount = 0;
  let invalidAt = -1;
  let at = 0;
  while (at < bytes.length) {
    const { length, valid } = sequenceAt(bytes, at);
    if (!valid) {
      invalidCount += 1;
      if (invalidAt < 0) invalidAt = at;
    }
    at += length;
  }
  return { invalidCount, invalidAt };
}

function sequenceAt(bytes: Uint8Array, at: number): { length: number; valid: boolean } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { length: 1, valid: true };
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0) return { length: 1, valid: false };
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    let low = 0x80;
    let high = 0xbf;
    if (i === 1) {
      if (lead === 0xe0) low = 0xa0; // overlong
      if (lead === 0xed) high = 0x9f; // surrogates
      if (lead === 0xf0) low = 0x90; // overlong
      if (lead === 0xf4) high = 0x8f; // beyond U+10FFFF
    }
    if (byte === undefined || byte < low || byte > high) return { length: i, valid: false };
  }
  return { length, valid: true };
}

/** Each half of a surrogate pair that stands alone becomes U+FFFD: it has no UTF-8 form, so it could not be stored. */
export function replaceLoneSurrogates(text: string): { text: string; count: number } {
  let count = 0;
  const replaced = text.replace(/\p{Surrogate}/gu, () => {
    count += 1;
    return '\uFFFD';
  });
  return { text: count === 0 ? text : replaced, count };
}

/** The same for every string inside a JSON value, keys too. The value itself comes back when nothing had to change. */
export function replaceLoneSurrogatesIn(value: unknown): { value: unknown; count: number } {
  let count = 0;
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const replaced = replaceLoneSurrogates(part);
      count += replaced.count;
      return replaced.text;
    }
    if (Array.isArray(part)) return (part as unknown[]).map(clean);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, child]) => [clean(key) as string, clean(child)]));
  };
  const cleaned = clean(value);
  return { value: count === 0 ? value : cleaned, count };
}

/** A lone surrogate can only come out of decoded JSON through an escape; looking for it first spares most lines the walk. */
export function mayHoldSurrogateEscape(json: string): boolean {
  return json.includes('\\ud') || json.includes('\\uD');
}
