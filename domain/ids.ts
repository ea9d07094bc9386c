import { sha256Bytes } from './hash.ts';

/** What an id names; the prefixes are the wire's (wire.md §1.11), those in the last line are ours. */
export type IdPrefix =
  | 'drm'
  | 'memstore'
  | 'mem'
  | 'memver'
  | 'sesn'
  | 'sevt'
  | 'wrkspc'
  | 'drft'
  | 'chg'
  | 'op'
  | 'clm'
  | 'fact'
  | 'grp'
  | 'evd';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58 (Bitcoin alphabet) of 128 bits, left-padded with '1' to 22 characters. */
function base58(bytes: Uint8Array): string {
  let n = 0n;
  for (const byte of bytes) n = (n << 8n) | BigInt(byte);
  let text = '';
  while (n > 0n) {
    text = alphabet[Number(n % 58n)] + text;
    n /= 58n;
  }
  return text.padStart(22, '1');
}

/**
 * An id that a request makes: base58 of a UUIDv7, so that ids sort by time of birth.
 * `random` gives 16 random bytes; time and randomness come from the caller because the domain has neither.
 */
export function makeId(prefix: IdPrefix, nowMs: number, random: Uint8Array): string {
  const bytes = Uint8Array.from(random.subarray(0, 16));
  let ms = BigInt(nowMs);
  for (let i = 5; i >= 0; i--) {
    bytes[i] = Number(ms & 0xffn);
    ms >>= 8n;
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return `${prefix}_01${base58(bytes)}`;
}

/** An id that a step derives: the same step run twice makes the same rows. */
export function deriveId(prefix: IdPrefix, dreamId: string, step: string, item: string, ordinal = 0): string {
  const key = [dreamId, step, item, String(ordinal)].join('\u0000');
  return `${prefix}_01${base58(sha256Bytes(key).subarray(0, 16))}`;
}
