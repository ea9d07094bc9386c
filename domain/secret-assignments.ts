// Credentials that are known by what stands beside them: `password = …`, "the token is …", `user:password@host`, headers, flags.
import type { SecretSpan } from './secrets.ts';
import { isChosen, isLettersOnly, isPlaceholder, isScrambled, looksRandom } from './secret-value.ts';

const passwordNames = 'password|passwd|passphrase|passcode|passwort|pwd';
const keyNames =
  'secret|token|api[ _-]?key|access[ _-]?key|private[ _-]?key|secret[ _-]?key|signing[ _-]?key|encryption[ _-]?key|auth[ _-]?key|account[ _-]?key' +
  '|master[ _-]?key|service[ _-]?key|license[ _-]?key|deploy[ _-]?key|credentials?|connection[ _-]?string';

/** Values that look like credentials without being any: positions, counters, vocabulary of models. */
const harmlessBefore =
  /(?:page|continuation|cancel|cancellation|abort|sync|resume|next|prev|stop|eos|bos|pad|unk|cls|sep|mask|special|design|color|cursor|max|min|start|end|first|last|current|public|ref|input|output|cache|lookahead|syntax|idempotency|git)[ _-]?$/i;

interface Value {
  start: number;
  end: number;
  text: string;
  quoted: boolean;
}

/** The value that begins at `at`: what the quotes hold, or what runs to the next blank or sign that ends a value. */
function valueAt(text: string, at: number): Value | null {
  const opening = stickyMatch(/\\{0,3}["'`]/y, text, at);
  if (opening !== '') {
    const start = at + opening.length;
    const inner = stickyMatch(insideQuotes[opening.at(-1) ?? ''] ?? /(?!)/y, text, start);
    if (inner === '' || text[start + inner.length] !== opening.at(-1)) return null;
    const value = inner.replace(/\\{1,3}$/, '');
    return value === '' ? null : { start, end: start + value.length, text: value, quoted: true };
  }
  const value = stickyMatch(/[^\s"'`<>|\\,;]{1,4000}/y, text, at).replace(/[.:)\]}*_?]{1,8}$/, '');
  return value === '' ? null : { start: at, end: at + value.length, text: value, quoted: false };
}

const insideQuotes: Record<string, RegExp> = { '"': /[^"\n\r]{1,4000}/y, "'": /[^'\n\r]{1,4000}/y, '`': /[^`\n\r]{1,4000}/y };

function stickyMatch(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** `KEY=value`, `"key": "value"`, `key: value`, `| key | value |`, `<key>value</key>`, `--key value`. */
function findAssignments(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const pattern = new RegExp(
    `(?:(${passwordNames})|(${keyNames}))\\d{0,2}(?:[_-]?base)?(\\\\{0,3}["'\`*_\\])]{0,4}[ \\t]{0,8}(?:=>|:=|={1,3}|:|\\||>|(?<=--[\\w-]{0,40})[ \\t])[ \\t*_]{0,8})`,
    'gi',
  );
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const separator = match[3] ?? '';
    const value = valueAt(text, match.index + match[0].length);
    if (value === null) continue;
    // No second look into a long value: many names in one line would read it again and again.
    if (value.text.length > 100) pattern.lastIndex = value.end;
    const isPassword = match[1] !== undefined;
    const context = text.slice(Math.max(0, match.index - 40), match.index);
    if (!isPassword && harmlessBefore.test(context)) continue;
    const inEnvironment = /=$/.test(separator) && !/\s/.test(separator) && /^[A-Z0-9_]+=$/.test(match[0]) && !value.quoted;
    if (isAssigned(value, { isPassword, inEnvironment, afterColon: /[:|>]/.test(separator) || /^[ \t]+$/.test(separator) })) {
      spans.push({ start: value.start, end: value.end, kind: isPassword ? 'password' : 'credential' });
    }
  }
  return spans;
}

function isAssigned(value: Value, at: { isPassword: boolean; inEnvironment: boolean; afterColon: boolean }): boolean {
  const { text, quoted } = value;
  if (/\s/.test(text) || isPlaceholder(text)) return false;
  if (looksRandom(text) || /^(?:0x)?[0-9a-f]{24,}$/i.test(text)) return true;
  if (/^\d+$/.test(text)) return at.isPassword && text.length >= 4 && (quoted || at.inEnvironment || at.afterColon);
  if (isLettersOnly(text)) {
    if (!at.isPassword) return false;
    return (at.inEnvironment && text.length >= 4 && text !== text.toUpperCase()) || ((quoted || at.afterColon) && isScrambled(text));
  }
  if (/^[A-Za-z]+(?:-[a-z]+){2,}$/.test(text)) return at.isPassword && (quoted || at.inEnvironment);
  return isChosen(text, !quoted && !at.inEnvironment);
}

// Words between "password" and "is" that make it a sentence about something else than the password itself.
const aboutSomethingElse =
  /\b(?:hash\w*|length|expir\w*|lifetime|ttl|policy|field|column|type|format|prefix|names?|file|path|endpoint|url|header|rotation|algorithm|manager|scope|ids?|limit|count|budget|usage|reset|store|storage|version|variable|page|form|prompt)\b/i;

/** "The password for the staging box is …", "token: …", "password `…`". */
function findInProse(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const names = `(?:${passwordNames}|pin(?: code)?|pass code|${keyNames})`;
  const sentence = new RegExp(
    `\\b${names}((?:[ \\t]{1,3}[\\w'’./@-]{1,40}){0,7}?)[ \\t]{1,3}(?:is|was|are|will be|set to|changed to|reset to|becomes|equals)(?:[ \\t]{1,3}(?:now|still|currently|again|simply|just|called|set to|changed to))?[ \\t]{0,3}:?[ \\t]{1,3}[*_]{0,2}`,
    'gi',
  );
  for (const match of text.matchAll(sentence)) {
    const value = valueAt(text, match.index + match[0].length);
    if (value === null || value.text.length > 200 || aboutSomethingElse.test(match[1] ?? '')) continue;
    if (isSaid(value)) spans.push({ start: value.start, end: value.end, kind: 'password' });
  }
  const quoted = new RegExp(
    `\\b(?:${passwordNames})[ \\t]{1,3}(?:of[ \\t]{1,3})?(?=["'\`])|\\b(?:${passwordNames})[ \\t]{1,3}(?=[^\\s]{6})`,
    'gi',
  );
  for (const match of text.matchAll(quoted)) {
    const value = valueAt(text, match.index + match[0].length);
    if (
      value === null ||
      /\s/.test(value.text) ||
      !isChosen(value.text, true) ||
      !/[A-Za-z]/.test(value.text) ||
      !/[\d!@#$%^&]/.test(value.text)
    )
      continue;
    if (/[/.]/.test(value.text) && !looksRandom(value.text)) continue;
    spans.push({ start: value.start, end: value.end, kind: 'password' });
  }
  const naming = new RegExp(
    `[ \\t]as[ \\t]{1,3}(?:(?:the|its|a|my|your|our|their)[ \\t]{1,3})?(?:[\\w-]{1,20}[ \\t]{1,3}){0,3}(?:${passwordNames})\\b`,
    'gi',
  );
  for (const match of text.matchAll(naming)) {
    const before = text.slice(Math.max(0, match.index - 80), match.index);
    const word = /[^\s"'`,;:()]+(?=["'`]?$)/.exec(before)?.[0] ?? '';
    if (word === '' || !isChosen(word, true) || /[/]/.test(word)) continue;
    const start = match.index - before.length + before.lastIndexOf(word);
    spans.push({ start, end: start + word.length, kind: 'password' });
  }
  return spans;
}

function isSaid(value: Value): boolean {
  if (/\s/.test(value.text) || isPlaceholder(value.text)) return false;
  if (looksRandom(value.text)) return true;
  if (/^\d{4,12}$/.test(value.text)) return true;
  // A word in quotes after "the password is" is the password; without quotes it is "wrong" or "required".
  if (value.quoted && isLettersOnly(value.text)) return value.text.length >= 4;
  return isChosen(value.text, true) || isScrambled(value.text);
}

/** `scheme://user:password@host`; the span is the password only. */
function findInAddresses(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const match of text.matchAll(/:\/\/([^\s/:@"'<>`]{0,128}):([^\s/"'<>`]{1,256})@(?=[\w[$.{-])/g)) {
    const [whole, user = '', password = ''] = match;
    // A user whose password is its own name, or the word itself, guards nothing.
    if (
      isPlaceholder(password) ||
      password === user ||
      /^(?:password|passwd|pass|pwd|secret|token|x-oauth-basic|postgres|root|guest|pw)$/i.test(password)
    )
      continue;
    const start = match.index + whole.length - 1 - password.length;
    spans.push({ start, end: start + password.length, kind: 'password in an address' });
  }
  return spans;
}

/** `Authorization: Bearer …`, `Basic …`, `Cookie: session=…`, `curl -u user:password`, `sshpass -p …`, `IDENTIFIED BY '…'`. */
function findInHeaders(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  const push = (start: number, value: string, kind: string): void => {
    spans.push({ start, end: start + value.length, kind });
  };
  for (const match of text.matchAll(/\b(?:Bearer|Token)[ \t]{1,4}([A-Za-z0-9._~+/-]{8,2000}={0,2})/gi)) {
    const value = (match[1] ?? '').replace(/[.]+$/, '');
    if (isPlaceholder(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) continue;
    const strong =
      looksRandom(value) || /^[0-9a-f]{24,}$/i.test(value) || (/^bearer/i.test(match[0]) && isChosen(value, true) && !value.includes('/'));
    if (strong) push(match.index + match[0].length - (match[1] ?? '').length, value, 'bearer token');
  }
  for (const match of text.matchAll(/(?:\bBasic[ \t]{1,4}|"auth\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}")([A-Za-z0-9+/]{8,1000}={0,2})/g)) {
    const value = match[1] ?? '';
    if (holdsUserAndPassword(value)) push(match.index + match[0].length - value.length, value, 'basic authorization');
  }
  for (const match of text.matchAll(
    /\b(?:session|sessionid|session_id|sid|connect\.sid|PHPSESSID|JSESSIONID|csrftoken)=([A-Za-z0-9%._~+/-]{16,1000})/gi,
  )) {
    const value = match[1] ?? '';
    const mixed =
      looksRandom(value) ||
      /^[0-9a-f]{24,}$/i.test(value) ||
      (value.length >= 16 && /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value));
    if (mixed && !/_?id=/i.test(match[0].slice(0, 11).replace(/^sessionid|^sid/i, '')))
      push(match.index + match[0].length - value.length, value, 'session cookie');
  }
  for (const match of text.matchAll(/(?<![\w-])(?:-u|--user)[ =]{1,3}["']?([\w.@+-]{1,80}):([^\s"'`:/@]{4,200})/g)) {
    const value = match[2] ?? '';
    if (!isPlaceholder(value) && !/^\d{1,5}$/.test(value)) push(match.index + match[0].length - value.length, value, 'password');
  }
  for (const match of text.matchAll(/(?:\bsshpass -p ?["']?|\bIDENTIFIED BY ["'])([^\s"'`;]{4,200})/g)) {
    const value = match[1] ?? '';
    if (!isPlaceholder(value)) push(match.index + match[0].length - value.length, value, 'password');
  }
  return spans;
}

/** Whether base64 stands for `user:password` in plain characters. */
function holdsUserAndPassword(base64: string): boolean {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let bits = 0;
  let value = 0;
  let decoded = '';
  for (const character of base64.replace(/=+$/, '')) {
    value = ((value << 6) | alphabet.indexOf(character)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    decoded += String.fromCharCode((value >> bits) & 0xff);
  }
  return /^[\x20-\x7e]+$/.test(decoded) && /^[^:]*:./.test(decoded);
}

/** Every credential that its surroundings give away. */
export function findAssigned(text: string): SecretSpan[] {
  return [...findAssignments(text), ...findInProse(text), ...findInAddresses(text), ...findInHeaders(text)];
}
