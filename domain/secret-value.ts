// Tells a credential's value from the words, names, placeholders and expressions that stand where one could stand.

/** Changes between lower case, capital and digit among the letters and digits of a text, and which of them it holds. */
function mixture(value: string): { lower: number; upper: number; digits: number; changes: number; length: number } {
  let lower = 0;
  let upper = 0;
  let digits = 0;
  let changes = 0;
  let last = '';
  for (const character of value) {
    const kind = /[a-z]/.test(character) ? 'a' : /[A-Z]/.test(character) ? 'A' : /[0-9]/.test(character) ? '0' : '';
    if (kind === 'a') lower++;
    if (kind === 'A') upper++;
    if (kind === '0') digits++;
    if (kind !== '' && last !== '' && kind !== last) changes++;
    last = kind;
  }
  return { lower, upper, digits, changes, length: lower + upper + digits };
}

/** Bits per character of a text, from how often each of its characters occurs. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** How much of a text is made of words as names have them: a letter with at least three small ones behind it. */
function wordShare(value: string): number {
  return (value.match(/[A-Za-z][a-z]{3,}/g) ?? []).join('').length / value.length;
}

/**
 * Whether a token of at least 24 characters looks drawn at random. Random base62 changes between small letters, capitals
 * and digits at 0.62 of its steps; names in camel case at 0.2 to 0.35.
 */
export function looksRandom(value: string): boolean {
  if (value.length < 24 || /^(?:0x)?[0-9a-fA-F-]+$/.test(value)) return false;
  const { lower, upper, digits, changes, length } = mixture(value);
  if (length < 20 || entropy(value) < 3.6 || wordShare(value) > 0.5) return false;
  if (lower > 0 && upper > 0 && digits > 0) return changes / length >= 0.4;
  // Without capitals a token must be longer to differ from names with numbers in them.
  return upper === 0 && length >= 32 && length === value.length && digits >= 5 && changes / length >= 0.3;
}

const placeholderWords = new Set([
  'your',
  'example',
  'placeholder',
  'changeme',
  'change',
  'redacted',
  'removed',
  'hidden',
  'masked',
  'dummy',
  'sample',
  'insert',
  'replace',
  'todo',
  'fake',
  'here',
  'xxx',
  'xxxx',
  'foo',
  'bar',
  'baz',
  'foobar',
  'none',
  'null',
  'nil',
  'undefined',
  'true',
  'false',
  'empty',
  'unset',
  'default',
]);

/** Whether a value only stands where a credential will be: `<token>`, `${VAR}`, `***`, `changeme`, `process.env.X`, `GITHUB_TOKEN`. */
export function isPlaceholder(value: string): boolean {
  if (value === '' || /^(.)\1*$/u.test(value)) return true;
  if (/^[<[{(%@#]|[>\]})%]$/.test(value) && !/[A-Za-z].*\d.*[!@#$^&*]|\d.*[A-Za-z].*[!@#$^&*]/.test(value)) return true;
  if (/\$\{|\{\{|\$\(|\.\.\.|…|\*\*\*|•••|^\$[A-Za-z_]|^%[A-Za-z_]+%$|xxxx|XXXX|<[A-Za-z]/.test(value)) return true;
  if (
    /^(?:process\.env|import\.meta|os\.environ|os\.getenv|getenv|env[.[(]|ENV[.[(]|secrets?\.|vars?\.|config\.|op:\/\/|vault:|arn:|ssm:|file:|https?:\/\/)/.test(
      value,
    )
  )
    return true;
  // The name of an environment variable.
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value)) return true;
  if (value.length >= 24 && looksRandom(value)) return false;
  return value
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => placeholderWords.has(word));
}

/** Names with a number in them that stand beside credentials without being one: `sha256`, `oauth2`, `utf8`, `v1beta1`, `24hours`, dates, versions, paths. */
function isTechnicalName(value: string): boolean {
  return (
    /^(?:sha|md|hs|rs|es|ps|aes|utf|base|int|uint|float|oauth|ed|ecdsa|rsa|blake|argon|pbkdf|bcrypt|scrypt|pkcs|http|ipv|tls|ssl|p|v|s|k|x|h|python|node|es|web|argon)\d+[a-z]*\d*(?:[-_/][a-z0-9]*)*$/i.test(
      value,
    ) ||
    /^\d+[a-z]{1,12}$/i.test(value) ||
    /^[\d.,:/+-]+(?:[a-z]{0,3})$/i.test(value) ||
    /^\d{4}-\d\d-\d\d/.test(value) ||
    /^v?\d+\.\d+/.test(value) ||
    /^(?:\.{0,2}|~)\//.test(value) ||
    /^[\w.-]+\/[\w./-]*\.[a-z]{1,5}$/i.test(value)
  );
}

/** Whether every part of a value between `_`, `-`, `.` is a word, so that it reads as a name: `user_password`, `db.token`, `my-secret-2`. */
function isName(value: string): boolean {
  return (
    /^[A-Za-z$_]/.test(value) &&
    value
      .split(/[_.\-$/]|(?<=[a-z])(?=[A-Z])/)
      .every((part) => /^(?:[A-Za-z]?[a-z]*|[A-Z]+|\d{1,2})$/.test(part) || /^[A-Za-z]{3,}\d?$/.test(part))
  );
}

/**
 * Whether a value reads as one that somebody chose or drew: letters with digits, or with signs that words do not have.
 * `named`: the value stands without quotes, where a program's own names may stand as well.
 */
export function isChosen(value: string, named: boolean): boolean {
  if (value.length < 6 || isPlaceholder(value) || isTechnicalName(value)) return false;
  const letters = /[A-Za-z]/.test(value);
  const digits = /\d/.test(value);
  const signs = /[!@#$%^&*+=~?]/.test(value.replace(/^[@#$&*]+|[?!*]+$/g, ''));
  if (named && (/^[\w$.?!]*[\w$][([]/.test(value) || /[([]\)?$/.test(value) || /=>|->|::|\(\)|==|&&|\|\|/.test(value)))
    return looksRandom(value);
  if (named && /^[A-Za-z_$][\w$]*(?:[?!]?\.[A-Za-z_$][\w$]*)+$/.test(value) && !looksRandom(value)) return false;
  if (letters && digits) return !(named && isVariable(value));
  return letters && signs && !/^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(value) && (!named || value.length >= 8);
}

/** `token2`, `password_1`, `key_v2`: what a program calls its own values. */
function isVariable(value: string): boolean {
  return isName(value) && /pass|pwd|secret|token|key|cred|auth|user|value|name|str|data/i.test(value);
}

/** Whether letters alone read as no word and no name: capitals in the middle of short runs, or hardly a vowel. */
export function isScrambled(value: string): boolean {
  if (!/^[A-Za-z]{8,64}$/.test(value) || value === value.toUpperCase()) return false;
  const inRuns = (value.match(/[A-Za-z][a-z]{2,}/g) ?? []).join('').length / value.length;
  const vowels = (value.match(/[aeiouy]/gi) ?? []).length / value.length;
  return (/[a-z].*[A-Z]|[A-Z]{2}.*[a-z]/.test(value) && inRuns <= 0.5) || vowels < 0.15;
}

export function isLettersOnly(value: string): boolean {
  return /^\p{L}+$/u.test(value);
}
