// Credentials as people write them in notes and chats: "pw: …", "login ada / …", "the door's PIN is …", a code in groups, a key that says it is live.
import type { SecretSpan } from './secrets.ts';
import { isChosen, isPlaceholder } from './secret-value.ts';

interface Mention {
  kind: string;
  /** What its names begin with, in small letters. Looked for first: a plain search is many times faster than the pattern. */
  stems: readonly string[];
  /** Read from the stem on; group 1 is the value. Every gap is bounded, so that a scan stays linear. */
  pattern: RegExp;
  isSecret: (value: string) => boolean;
}

/** Between a name and its value: a few words at most, then a sign or a verb. */
const words = String.raw`(?:[ \t]{1,3}[\w'’./@-]{1,30}){0,5}?`;
const says = String.raw`[ \t]{0,3}(?:[:=]|[ \t](?:is|was|ist|lautet|est|es)(?:[ \t]now)?)[ \t]{0,3}["'\x60*]{0,3}`;
const value = String.raw`([^\s"'\x60<>|,;]{4,200})`;

function mention(kind: string, stems: readonly string[], source: string, isSecret: Mention['isSecret']): Mention {
  return { kind, stems, pattern: new RegExp(source, 'diy'), isSecret };
}

const any = (): boolean => true;

const mentions: readonly Mention[] = [
  mention(
    'password',
    ['pass', 'pw'],
    `(?:pw|pass(?:code|phrase|word|wort)?(?![a-z]))${words}${says}${value}`,
    (text) => isMade(text) || isPhrase(text),
  ),
  mention('passphrase', ['passphrase', 'pass phrase'], String.raw`pass ?phrase[^"'\n]{0,30}["']([^"'\n]{8,100})["']`, any),
  mention(
    'PIN',
    ['pin', 'door code', 'gate code', 'alarm code', 'passcode'],
    String.raw`(?:pin|(?:door|gate|alarm) code|passcode)(?![a-z])(?: code)?(?:[ \t]{1,3}[\w'’-]{1,20}){0,5}?[ \t]{0,3}[:=]?[ \t](?:is[ \t])?(\d{4,8})(?!\w|\.\d)`,
    (text) => !/^(?:19|20)\d\d$/.test(text),
  ),
  mention(
    'password of an account',
    ['login', 'log-in', 'log in', 'cred', 'account:'],
    String.raw`(?:log[- ]?in|creds?|credentials?|account:)(?![a-z])[^\n/]{1,60}[ \t]/[ \t]${value}`,
    isMade,
  ),
  mention('password', ['mysql'], String.raw`mysql(?:dump|admin)?\b[^\n]{0,80}?[ \t]-p([^\s"'-][^\s"']{3,100})`, any),
  mention('password', ['machine '], String.raw`machine [^\n]{1,100}?[ \t]password[ \t]+(\S{4,200})`, any),
  mention(
    'key',
    ['key', 'secret'],
    String.raw`(?:secret|key)(?![a-z])(?:[ \t]{0,3}[:=][ \t]{0,3}|[ \t]{1,3}(?:is[ \t]{1,3})?)["'\x60]?${value}`,
    isDrawn,
  ),
  mention(
    'code in groups',
    ['licen', 'recovery', 'backup', 'activation', 'serial'],
    String.raw`(?:licen[cs]e|recovery|backup|activation|serial)[ \t]{1,3}(?:key|code|number)s?[ \t]{0,3}[:=]?(?:[ \t]is)?[ \t]{1,3}((?:[A-Za-z0-9]{3,8}-){2,7}[A-Za-z0-9]{3,8})`,
    hasDigit,
  ),
  mention(
    'one-time code seed',
    ['totp', 'otp', '2fa', 'mfa', 'authenticator'],
    String.raw`(?:totp|otp|2fa|mfa|authenticator)[ \t]{1,3}(?:secret|seed|key)[ \t]{0,3}[:=]?(?:[ \t]is)?[ \t]{1,3}([A-Z2-7]{16,64})(?![A-Za-z0-9])`,
    hasDigit,
  ),
  // The address of a hook is its key.
  mention('webhook', ['webhook'], String.raw`webhooks?[^\n]{0,60}?(https?://[^\s"'<>/]{3,100}/[^\s"'<>]{8,300})`, isMixed),
  mention(
    'webhook',
    ['https://hook', 'https://webhook'],
    String.raw`(https://(?:web)?hooks?\.[^\s"'<>/]{3,100}/[^\s"'<>]{8,300})`,
    isMixed,
  ),
  mention('webhook', ['/hook', '/webhook', '/incoming'], String.raw`/(?:(?:web)?hooks?|incoming)/([^\s"'<>]{8,300})`, isMixed),
  // "pk_live_…" is published; a live key of any other maker opens something.
  mention(
    'live key',
    ['_live_', '_prod_', '_production_', '_test_', '_sandbox_', '_staging_', '_secret_'],
    String.raw`_[a-z]{4,10}_([A-Za-z0-9]{12,200})`,
    isDrawn,
  ),
];

/** "The password policy is …", "the next step is …". */
const aboutSomethingElse =
  /\b(?:polic(?:y|ies)|manager|length|hash(?:ing|es)?|algorithm|format|rotation|reset|expir\w+|fields?|columns?|types?|names?|limit|planned)\b|(?<![a-z])(?:pk|pub)_(?:live|test|prod)_$/i;

/** Every credential in `text` that stands beside its everyday name. */
export function findMentioned(text: string): SecretSpan[] {
  // Only plain letters are made small, so that offsets stay: a Turkish capital grows.
  const plain = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return mentions.flatMap(({ kind, stems, pattern, isSecret }) =>
    stems.flatMap((stem) => {
      const spans: SecretSpan[] = [];
      let end = 0;
      for (let at = plain.indexOf(stem); at >= 0; at = plain.indexOf(stem, Math.max(end, at + stem.length))) {
        if (/[a-z0-9]/.test(stem[0] ?? '') && /[a-z0-9]/.test(plain[at - 1] ?? '')) continue;
        const found = valueAt(text, at, pattern);
        // No second look into a value: many names in one line would read it again and again.
        end = found?.end ?? 0;
        if (found !== null && found.value !== '' && isSecret(found.value))
          spans.push({ start: found.start, end: found.start + found.value.length, kind });
      }
      return spans;
    }),
  );
}

function valueAt(text: string, at: number, pattern: RegExp): { start: number; end: number; value: string } | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  const [start, end] = match?.indices?.[1] ?? [];
  if (match === null || start === undefined || end === undefined) return null;
  const value = (match[1] ?? '').replace(/[.:)\]}*?]{1,8}$/, '');
  if (
    value.length < 4 ||
    (isPlaceholder(value) && !value.startsWith('http')) ||
    aboutSomethingElse.test(text.slice(Math.max(0, at - 10), start))
  )
    return { start, end, value: '' };
  return { start, end, value };
}

/** Letters with digits or signs, as somebody chose them; a path, a name of a file or a variable is none. */
function isMade(text: string): boolean {
  if (text.length < 6 || /^[\w.-]*\/|:\/\/|^[\w.-]+\.(?:[a-z]{2,5})$|==|[()[\]{}]/.test(text)) return false;
  return isChosen(text, false) && (hasDigit(text) || /[!@#$%^&*+=~?]./.test(text));
}

/** "correct-horse-battery": words joined by dashes or dots, three at least. */
function isPhrase(text: string): boolean {
  return /^[A-Za-z]{3,}(?:[-.][A-Za-z]{3,}){2,}(?:[-.]?\d{1,4})?$/.test(text) && !/\.(?:[a-z]{2,4})$/.test(text);
}

/** Small letters, capitals and digits mixed, or a long hexadecimal number: drawn by a machine. */
function isDrawn(text: string): boolean {
  // Published by its nature.
  if (text.startsWith('pk_')) return false;
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return false;
  const core = text.replace(/^(?:[a-z]{1,12}_){1,3}/, '');
  if (/^[0-9a-f]{24,128}(?:-[a-z0-9]{2,6})?$/.test(core)) return true;
  const changes = core.match(/[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g)?.length ?? 0;
  return (
    core.length >= 12 && hasDigit(core) && /[a-z]/.test(core) && (/[A-Z]/.test(core) || changes >= 4) && changes >= 3 && !/[/:]/.test(core)
  );
}

/** An address whose path has a part that is no word. */
function isMixed(text: string): boolean {
  const path = text.replace(/^https?:\/\/[^/]*/, '');
  return (path.match(/[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])/g)?.length ?? 0) >= 3;
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}
