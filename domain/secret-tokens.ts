// Long random tokens that nothing names: found by how they are mixed, unless their surroundings say that they are public.
import { findArmoured } from './secret-formats.ts';
import type { SecretSpan } from './secrets.ts';
import { looksRandom } from './secret-value.ts';

/** What stands directly before a value that is public by its nature: digests, fingerprints, embedded files, encoded words of mail headers. */
const publicBefore =
  /(?:sha-?(?:1|224|256|384|512)|md5|h1|integrity|checksum|digest|etag|fingerprint|hash|base64,|ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|nix\/store\/|\?[bq]\?)["'`]?\s{0,2}[:=\-(,]?\s{0,2}["'`]?$/i;

/** First characters of files in base64 (PNG, JPEG, GIF, WebP, SVG, PDF, ZIP, gzip), of public keys and of certificates; keys that are published. */
const publicStart =
  /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|PHN2Zy|PD94bWw|JVBERi0|UEsDB|H4sI|AAAA[BCE]3|MII[A-Z]|pk_(?:test|live)_|AAAAB3|LS0tLS1CRUdJTiB(?:DRVJUSUZ|QVUJMSU))/;

/** `toolu_01…`, `msg_…`, `call_…`: what names a thing, not what opens it. */
const typedId = /^[a-z]{2,14}(?:_[a-z]{2,10})?[_-](?=[A-Za-z0-9]{16,40}$)/;

/** Every token of 24 to 512 characters that looks drawn at random and not public. */
export function findRandomTokens(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const armoured = findArmoured(text);
  let block = 0;
  for (const match of text.matchAll(/(?<![%A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,}={0,2}/g)) {
    const token = match[0];
    // Longer ones are data (images, bundles), not something that a person pastes into a header.
    if (token.length > 512 || publicStart.test(token) || typedId.test(token)) continue;
    if (!looksRandom(token) || longestRun(token) < 10) continue;
    while ((armoured[block]?.end ?? Infinity) <= match.index) block++;
    if ((armoured[block]?.start ?? Infinity) <= match.index) continue;
    const before = text.slice(Math.max(0, match.index - 200), match.index);
    if (publicBefore.test(before) || isInsideData(text, match.index, match.index + token.length)) continue;
    // In the path of an address it names a document; what opens something stands behind `?` and has a name.
    if (/:\/\/[^\s"'`<>]*$/.test(before)) continue;
    spans.push({ start: match.index, end: match.index + token.length, kind: 'random token' });
  }
  return spans;
}

function longestRun(token: string): number {
  return Math.max(...token.split(/[^A-Za-z0-9]+/).map((part) => part.length));
}

/** A line of 60 or more base64 characters next to another such line belongs to an embedded file. */
function isInsideData(text: string, start: number, end: number): boolean {
  if (end - start < 40) return false;
  const above = /[A-Za-z0-9+/]{60}\r?\n\s{0,8}$/.test(text.slice(Math.max(0, start - 72), start));
  const below = /^\r?\n\s{0,8}[A-Za-z0-9+/]{20}/.test(text.slice(end, end + 40));
  return above || (below && end - start >= 60);
}
