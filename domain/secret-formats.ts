// Credentials that show what they are by their form alone: the prefixes and shapes that providers publish.
import type { SecretSpan } from './secrets.ts';

interface SecretFormat {
  kind: string;
  /** A text without any of these cannot hold one: a plain search is many times faster than the pattern. */
  marks: readonly string[];
  /** Group 1, where there is one, is the secret. Lengths are bounded and every start is unmistakable, so that a scan stays linear. */
  pattern: RegExp;
}

// Not inside a longer word: `task-…` is no `sk-…`.
const before = '(?<![A-Za-z0-9])';

function prefixed(kind: string, prefixes: readonly string[], body: string): SecretFormat {
  const alternatives = prefixes.map((prefix) => prefix.replaceAll(/[.$/]/g, '\\$&')).join('|');
  return { kind, marks: prefixes, pattern: new RegExp(`${before}(?:${alternatives})${body}`, 'dg') };
}

function shaped(kind: string, marks: readonly string[], source: string, flags = 'dg'): SecretFormat {
  return { kind, marks, pattern: new RegExp(source, flags) };
}

const formats: readonly SecretFormat[] = [
  prefixed('GitHub token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], '[A-Za-z0-9]{20,255}'),
  prefixed('GitHub token', ['github_pat_'], '[A-Za-z0-9_]{20,255}'),
  prefixed('GitLab token', ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-', 'glsoat-', 'glft-'], '[A-Za-z0-9_.-]{18,255}'),
  prefixed('Slack token', ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'], '[A-Za-z0-9-]{10,255}'),
  shaped('Slack webhook', ['hooks.slack.com'], 'hooks\\.slack\\.com/(?:services|workflows|triggers)/([A-Za-z0-9+/_-]{20,80})'),
  shaped('Discord webhook', ['/api/webhooks/'], '/api/webhooks/(\\d{15,20}/[A-Za-z0-9_-]{40,100})'),
  shaped('AWS access key', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], `${before}(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])`),
  shaped('Google API key', ['AIza'], `${before}AIza[A-Za-z0-9_-]{35}`),
  prefixed('Google OAuth token', ['ya29.', 'GOCSPX-'], '[A-Za-z0-9_-]{20,512}'),
  prefixed('Stripe key', ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'whsec_'], '[A-Za-z0-9+/]{10,255}'),
  prefixed('Anthropic key', ['sk-ant-'], '[A-Za-z0-9_-]{16,255}'),
  prefixed('OpenAI key', ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-or-v1-', 'sk-None-'], '[A-Za-z0-9_-]{16,255}'),
  prefixed('API key', ['sk-'], '(?=[A-Za-z]{0,60}\\d)[A-Za-z0-9]{20,255}'),
  prefixed('npm token', ['npm_'], '(?=[A-Za-z]{0,60}[A-Z0-9])[A-Za-z0-9]{30,64}'),
  prefixed('PyPI token', ['pypi-'], '[A-Za-z0-9_-]{40,512}'),
  prefixed('RubyGems key', ['rubygems_'], '[a-f0-9]{40,64}'),
  shaped('SendGrid key', ['SG.'], `${before}SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}`),
  shaped('Twilio key', ['SK'], `${before}SK[0-9a-f]{32}(?![A-Za-z0-9])`),
  shaped('Mailgun key', ['key-'], `${before}key-[0-9a-f]{32}(?![A-Za-z0-9])`),
  shaped('Telegram bot token', [':A'], '(?<![A-Za-z0-9])\\d{6,12}:A[A-Za-z0-9_-]{33,35}(?![A-Za-z0-9_-])'),
  shaped('JSON web token', ['eyJ'], '(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\\.eyJ[A-Za-z0-9_-]{8,20000}(?:\\.[A-Za-z0-9_-]{0,4000})?'),
  shaped('Azure storage key', ['AccountKey=', 'SharedAccessKey='], '(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,100}={0,2})'),
  shaped('Azure client secret', ['Q~'], '(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}'),
  shaped('signed link', ['sig=', 'Signature='], '[?&](?:sig|X-Amz-Signature|X-Goog-Signature|Signature)=([A-Za-z0-9%+/=_-]{20,512})'),
  prefixed('Hugging Face token', ['hf_'], '(?=[a-z]{0,60}[A-Z0-9])[A-Za-z0-9]{30,64}'),
  prefixed('DigitalOcean token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], '[a-f0-9]{40,64}'),
  prefixed('Docker token', ['dckr_pat_', 'dckr_oat_'], '[A-Za-z0-9_-]{20,64}'),
  prefixed('Shopify token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], '[a-fA-F0-9]{32}'),
  prefixed('Grafana token', ['glsa_', 'glc_'], '[A-Za-z0-9_+/=-]{32,400}'),
  prefixed('Vault token', ['hvs.', 'hvb.', 'hvr.'], '[A-Za-z0-9_-]{24,300}'),
  prefixed('Atlassian token', ['ATATT3', 'ATCTT3', 'ATBB'], '[A-Za-z0-9_=-]{24,300}'),
  prefixed('Databricks token', ['dapi'], '[a-f0-9]{32}(?:-\\d)?(?![A-Za-z0-9])'),
  prefixed('Supabase key', ['sbp_', 'sb_secret_'], '[A-Za-z0-9_-]{20,100}'),
  prefixed('Linear key', ['lin_api_', 'lin_oauth_'], '[A-Za-z0-9]{32,64}'),
  prefixed('Notion token', ['ntn_'], '[A-Za-z0-9]{40,64}'),
  prefixed('Figma token', ['figd_'], '[A-Za-z0-9_-]{30,64}'),
  prefixed('PlanetScale token', ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], '[A-Za-z0-9_.=-]{30,64}'),
  prefixed('Sentry token', ['sntrys_', 'sntryu_'], '[A-Za-z0-9_+/=-]{40,400}'),
  prefixed('New Relic key', ['NRAK-', 'NRJS-', 'NRII-'], '[A-Za-z0-9-]{19,64}'),
  prefixed('Postman key', ['PMAK-'], '[A-Fa-f0-9-]{40,64}'),
  prefixed('Pulumi token', ['pul-'], '[a-f0-9]{40}'),
  prefixed('Groq key', ['gsk_'], '[A-Za-z0-9]{30,64}'),
  prefixed('xAI key', ['xai-'], '[A-Za-z0-9_-]{40,120}'),
  prefixed('Perplexity key', ['pplx-'], '[A-Za-z0-9]{32,64}'),
  prefixed('Replicate token', ['r8_'], '[A-Za-z0-9]{30,64}'),
  prefixed('NVIDIA key', ['nvapi-'], '[A-Za-z0-9_-]{40,100}'),
  prefixed('Square token', ['sq0atp-', 'sq0csp-', 'EAAAE'], '[A-Za-z0-9_-]{20,100}'),
  prefixed('Alibaba access key', ['LTAI'], '[A-Za-z0-9]{16,24}(?![A-Za-z0-9])'),
  prefixed('1Password token', ['ops_eyJ'], '[A-Za-z0-9+/_-]{40,2000}={0,3}'),
  prefixed('age key', ['AGE-SECRET-KEY-1'], '[A-Z0-9]{40,64}'),
  shaped(
    'password hash',
    ['$2a$', '$2b$', '$2y$', '$6$', '$5$', '$argon2'],
    '\\$(?:2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}|[56]\\$[^\\s$]{1,40}\\$(?:[^\\s$]{1,40}\\$)?[./A-Za-z0-9]{43,86}|argon2(?:id|i|d)\\$[^\\s"\']{20,200})',
  ),
];

/** Every credential in `text` that its form gives away. */
export function findFormats(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const { kind, marks, pattern } of formats) {
    if (!marks.some((mark) => text.includes(mark))) continue;
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.[1] ?? match.indices?.[0] ?? [match.index, match.index + match[0].length];
      // The mask of another tool, such as "ghp_xxxxxxxxxxxxxxxxxxxx", is no credential.
      if (!/([A-Za-z0-9])\1{15}/.test(text.slice(start, end))) spans.push({ start, end, kind });
    }
  }
  return [...spans, ...findPrivateKeys(text)];
}

/** Private keys in PEM armour, also with line breaks written as `\n`, also when the end is cut off. */
function findPrivateKeys(text: string): SecretSpan[] {
  return findArmoured(text)
    .filter((block) => block.label.includes('PRIVATE KEY'))
    .map(({ start, end }) => ({ start, end, kind: 'private key' }));
}

/** Everything in PEM armour: private keys, and the public keys and certificates beside them. */
export function findArmoured(text: string): { start: number; end: number; label: string }[] {
  const blocks: { start: number; end: number; label: string }[] = [];
  if (!text.includes('-----BEGIN ')) return blocks;
  let from = 0;
  for (const match of text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,60})-----/g)) {
    if (match.index < from) continue;
    const { end, characters } = armouredBody(text, match.index + match[0].length);
    // A mention of the armour's first line in code or prose carries no key.
    if (characters < 24) continue;
    blocks.push({ start: match.index, end, label: match[1] ?? '' });
    from = end;
  }
  return blocks;
}

/** Walks from `from` over everything that belongs to a key: base64 lines, header lines, the closing line. */
function armouredBody(text: string, from: number): { end: number; characters: number } {
  const gap = /(?:\s|\\{1,4}[nr]){1,100}/y;
  const closing = /-----END [A-Z0-9 ]{1,60}-----/y;
  const header = /(?:Proc-Type|DEK-Info|Version|Comment|Hash): ?[^\n\\]{0,80}/y;
  const run = /[A-Za-z0-9+/=]{1,10000}/y;
  const match = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0].length ?? 0;
  };
  let end = from;
  let characters = 0;
  for (let at = from; ;) {
    at += match(gap, at);
    const closed = match(closing, at);
    if (closed > 0) return { end: at + closed, characters };
    const headed = match(header, at);
    const length = headed > 0 ? headed : match(run, at);
    // Short letters that no closing line follows are the prose after a key that was cut off.
    const belongs = headed > 0 || length >= 16 || (length > 0 && match(closing, at + length + match(gap, at + length)) > 0);
    if (!belongs) return { end, characters };
    if (headed === 0) characters += length;
    at += length;
    end = at;
  }
}
