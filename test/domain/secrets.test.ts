import { describe, expect, it } from 'vitest';
import { findSecrets, maskSecrets, secretFreeSpan, secretMask } from '../../domain/secrets.ts';

// No literal here has a credential's form: they are put together so that no scanner trips over this file.
const letters = 'q7Rk2VxT9mZp4LwY8sNb3HdJ6fGc1aXe5uKo0iPr';
const random = (length: number): string => letters.repeat(Math.ceil(length / letters.length)).slice(0, length);
const hex = (length: number): string => '9f3a1c7e5b2d8046'.repeat(Math.ceil(length / 16)).slice(0, length);
const join = (...parts: string[]): string => parts.join('');

const formats: [name: string, secret: string][] = [
  ['GitHub classic token', join('gh', 'p_', random(36))],
  ['GitHub OAuth token', join('gh', 'o_', random(36))],
  ['GitHub server token', join('gh', 's_', random(36))],
  ['GitHub fine-grained token', join('github', '_pat_', random(22), '_', random(59))],
  ['GitLab token', join('gl', 'pat-', random(20))],
  ['Slack bot token', join('xo', 'xb-', '123456789012-', '1234567890123-', random(24))],
  ['Slack user token', join('xo', 'xp-', '123456789012-', '123456789012-', '123456789012-', hex(32))],
  ['AWS access key', join('AK', 'IA', 'QX7RTB2M4NV5WZ3K')],
  ['AWS temporary key', join('AS', 'IA', 'QX7RTB2M4NV5WZ3K')],
  ['Google API key', join('AI', 'za', 'Sy', random(33))],
  ['Stripe live key', join('sk', '_live_', random(24))],
  ['Stripe restricted key', join('rk', '_live_', random(24))],
  ['Stripe test key', join('sk', '_test_', random(24))],
  ['Anthropic key', join('sk', '-ant-', 'api03-', random(93), 'AA')],
  ['OpenAI key', join('sk', '-', random(48))],
  ['OpenAI project key', join('sk', '-proj-', random(60))],
  ['npm token', join('np', 'm_', random(36))],
  ['PyPI token', join('py', 'pi-', 'AgEIcHlwaS5vcmc', random(80))],
  ['SendGrid key', join('S', 'G.', random(22), '.', random(43))],
  ['Twilio key', join('S', 'K', hex(32))],
  ['Telegram bot token', join('123456789', ':A', 'A', random(33))],
  ['JSON web token', join('ey', 'J', random(20), '.ey', 'J', random(40), '.', random(43))],
  ['Hugging Face token', join('h', 'f_', random(34))],
  ['DigitalOcean token', join('do', 'p_v1_', hex(64))],
  ['password hash', join('$2', 'b$12$', random(53))],
];

describe('findSecrets finds a credential by its form', () => {
  it.each(formats)('%s', (_name, secret) => {
    for (const text of [secret, `Use ${secret} for the deploy.`, `{"value": "${secret}"}`, `run(\`${secret}\`)`, `a\n${secret}\nb`]) {
      expect(maskSecrets(text)).toBe(text.replace(secret, secretMask));
    }
  });

  it('private keys in PEM armour, whole, escaped and cut off', () => {
    const begin = join('-----BEGIN ', 'RSA PRIVATE KEY-----');
    const end = join('-----END ', 'RSA PRIVATE KEY-----');
    const lines = [random(64), random(64), random(21) + '=='];
    for (const newline of ['\n', '\\n', '\\\\n', '\r\n']) {
      const key = [begin, ...lines, end].join(newline);
      expect(maskSecrets(`key: ${key} and more`)).toBe(`key: ${secretMask} and more`);
    }
    expect(maskSecrets(`${begin}\n${lines[0]}\n${lines[1]}\nThe output was cut here.`)).toBe(`${secretMask}\nThe output was cut here.`);
    expect(findSecrets(`The file starts with ${begin} and ends with ${end}.`)).toEqual([]);
  });

  it('Azure storage keys and signed links', () => {
    const key = random(86) + '==';
    expect(maskSecrets(`AccountName=logs;AccountKey=${key};EndpointSuffix=core.windows.net`)).toBe(
      `AccountName=logs;AccountKey=${secretMask};EndpointSuffix=core.windows.net`,
    );
    expect(maskSecrets(`https://logs.blob.core.windows.net/a?se=2026-01-01&sig=${random(43)}%3D`)).toContain(`&sig=${secretMask}`);
  });
});

const assigned: [text: string, secret: string][] = [
  ['DB_PASSWORD=hunter2', 'hunter2'],
  ['export PGPASSWORD=letmein', 'letmein'],
  ['password: hunter2', 'hunter2'],
  ['password = "Tr0ub4dor&3"', 'Tr0ub4dor&3'],
  ["passwd: 's3cr3t!x'", 's3cr3t!x'],
  ['"password": "hunter2",', 'hunter2'],
  ['{\\"password\\": \\"hunter2\\"}', 'hunter2'],
  ['**Password:** `hunter2`', 'hunter2'],
  ['- Password: hunter2.', 'hunter2'],
  ['| staging password | Blue42Horse |', 'Blue42Horse'],
  ['<password>hunter2</password>', 'hunter2'],
  ['mysql --user=root --password=Qwe7rty9', 'Qwe7rty9'],
  ['tool --api-key k3yV4lu3x9', 'k3yV4lu3x9'],
  [`api_key = "${hex(32)}"`, hex(32)],
  [`apiKey: '${random(32)}'`, random(32)],
  [`AWS_SECRET_ACCESS_KEY=${join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY')}`, join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYEXAMPLEKEY')],
  [`aws_secret_access_key = ${random(40)}`, random(40)],
  [`client_secret: "${random(30)}"`, random(30)],
  [`private_key => "${random(44)}"`, random(44)],
  [`//registry.npmjs.org/:_authToken=${random(30)}`, random(30)],
  ['https://example.test/hook?token=a8f3k2m9x7', 'a8f3k2m9x7'],
  ['postgres://app:n0tAtest99@db.internal:5432/app', 'n0tAtest99'],
  ['https://ci:p@ss9word!@git.internal/repo.git', 'p@ss9word!'],
  ['redis://:r3disPass@cache:6379/0', 'r3disPass'],
  [`Authorization: Bearer ${random(32)}`, random(32)],
  ['curl -H "Authorization: Bearer abc123def456ghi"', 'abc123def456ghi'],
  ['Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l', 'YWxhZGRpbjpvcGVuc2VzYW1l'],
  ['curl -u admin:Str0ngPw https://x.test', 'Str0ngPw'],
  ['The password is hunter2.', 'hunter2'],
  ['the wifi password for the office is BlueHorse42!', 'BlueHorse42!'],
  ['The staging password is "letmein".', 'letmein'],
  ['my pin is 4821', '4821'],
  ['password: bTkWqxRvZm', 'bTkWqxRvZm'],
  ['The admin password is qwKJzxbTvv, do not lose it.', 'qwKJzxbTvv'],
  ['The API key for the weather service is now k9x2m4p7q1', 'k9x2m4p7q1'],
  ['login as admin with password hunter2', 'hunter2'],
  ['log in with hunter2 as the password', 'hunter2'],
  [`Use this: ${random(40)} (expires in June)`, random(40)],
];

describe('findSecrets finds a credential by its surroundings', () => {
  it.each(assigned)('%s', (text, secret) => {
    expect(maskSecrets(text)).toBe(text.replace(secret, secretMask));
  });
});

const harmless: string[] = [
  // Prose
  'The password is stored in 1Password under "staging".',
  'The password must be at least 12 characters and is rotated every 90 days.',
  'The token is valid for 24h; the refresh token is valid for 30 days.',
  'Password: required. Token: optional. Secret: none.',
  'The secret is rotated monthly; the api key is read from the environment.',
  'The password hash is bcrypt with cost 12.',
  'The token type is Bearer, and Basic authentication is disabled.',
  'We agreed that password is never logged and that token = opaque string.',
  'Ask Maria for the password. The password was changed on 2026-03-04.',
  'Secrets live in Vault at secret/data/app/prod.',
  'password: newPasswordHash; password: confirmPw; Password: Forgotten? Password: Zurücksetzen',
  'Max tokens: 4096, input tokens: 12000, token count = 350.',
  'Passwords are hashed with PBKDF2-SHA256, tokens with sha256.',
  'The access key is on the hook by the door; the API key is sent by mail.',
  // Code
  'const password = process.env.DB_PASSWORD;',
  'password = os.environ["DB_PASSWORD"]',
  'password: str = Field(min_length=8)',
  'token: string | null;',
  'const token = await getToken(user);',
  'const secret = config.get("jwt.secret");',
  'if (password === confirmPassword) return;',
  'this.token = response.data.accessToken;',
  'password=password, token=token, secret=self.secret',
  'function login(username: string, password: string): Promise<Session> {',
  '<input type="password" name="password" autocomplete="current-password">',
  'const apiKey = useApiKey(); headers["X-Api-Key"] = apiKey;',
  'api_key: ${API_KEY}',
  'api_key: "<your-api-key>"',
  'api_key=YOUR_API_KEY',
  'API_KEY=xxxxxxxxxxxxxxxx',
  'PASSWORD=changeme',
  'password: "********"',
  'token: ${{ secrets.GITHUB_TOKEN }}',
  'token: $GITHUB_TOKEN',
  'GITHUB_TOKEN: GH_RELEASE_TOKEN',
  'nextPageToken: "CAUQAA9x8Y7z6"',
  'secretKeyRef: { name: db-credentials, key: password }',
  'secretName: my-app-tls',
  'postgres://postgres:postgres@localhost:5432/app',
  'postgres://user:password@host/db',
  'postgres://${USER}:${PASSWORD}@host/db',
  'git@github.com:acme/widgets.git and https://github.com/acme/widgets.git',
  'http://localhost:8080/a@b and ssh://git@host:22/x',
  'docker run -u 1000:1000 image',
  // Hashes, ids, paths, names, data
  `commit ${hex(40)}`,
  `Fixed in ${hex(40)} and ${hex(12)}.`,
  `sha256:${hex(64)}`,
  `sha256 = "${hex(64)}"`,
  `"integrity": "sha512-${random(86)}=="`,
  `github.com/acme/widgets v1.2.3 h1:${random(43)}=`,
  `SHA256:${random(43)} user@host (ED25519)`,
  `ssh-ed25519 ${join('AAAA', 'C3NzaC1lZDI1NTE5AAAAI', random(43))} user@host`,
  'id 3f2b8c1e-9d4a-4e7b-8c6f-1a2b3c4d5e6f',
  'ULID 01ARZ3NDEKTSV4RRFFQ69G5FAV',
  `toolu_01${random(22)} and msg_01${random(22)} and call_${random(24)}`,
  `https://docs.example.test/document/d/${random(44)}/edit`,
  `data:image/png;base64,${random(200)}`,
  ['-----BEGIN ' + 'PUBLIC KEY-----', random(64), random(64), random(30), '-----END ' + 'PUBLIC KEY-----'].join('\\n'),
  '0x02d9e6d59467382e8f9b9300a64ac3cd',
  `Subject: =?utf-8?b?${random(40)}?=`,
  `publishable: pk_test_${random(40)}`,
  `![logo](data:image/png;base64,${join('iVBORw0KGgo', random(300))})`,
  '/usr/local/lib/python3.12/site-packages/numpy/core/_multiarray_umath.cpython-312-x86_64-linux-gnu.so',
  'src/components/UserProfile/UserProfileHeaderV2.test.tsx',
  'org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration',
  'getHTTPSConnectionPoolForHost2AndPort443WithRetries',
  'TestIntegrationCreateUserWithOAuth2AndSAML20ReturnsToken',
  'kubectl logs payments-api-7d9f8b6c5d-x2v4q -n prod-eu-west-1',
  'task-runner-with-a-very-long-hyphenated-name-2026-01-01-build-12345',
  'class sk-fading-circle-container is from a CSS library',
  'See RFC7519, ISO-8859-1, AES-256-GCM, x86_64-unknown-linux-gnu and Next.js 15.',
  'curl -H "Authorization: Bearer $TOKEN" and Authorization: Bearer <token>',
];

describe('findSecrets leaves ordinary text alone', () => {
  it.each(harmless)('%s', (text) => {
    expect(findSecrets(text).map((span) => [span.kind, text.slice(span.start, span.end)])).toEqual([]);
  });
});

describe('findSecrets as a whole', () => {
  it('gives spans in order, not overlapping, inside the text', () => {
    const text = [...formats.map(([, secret]) => secret), ...assigned.map(([line]) => line)].join('\n');
    let last = 0;
    for (const span of findSecrets(text)) {
      expect(span.start).toBeGreaterThanOrEqual(last);
      expect(span.end).toBeGreaterThan(span.start);
      last = span.end;
    }
    expect(last).toBeLessThanOrEqual(text.length);
    expect(last).toBeGreaterThan(0);
  });

  it('finds nothing more in its own result', () => {
    for (const [text] of assigned) expect(findSecrets(maskSecrets(text))).toEqual([]);
  });

  it.each([
    ['x', 'a line of one letter'],
    ['eyJ', 'starts of web tokens'],
    ['password=', 'keys without values'],
    ['a ', 'words'],
    ['://a:', 'addresses'],
    [join('-----BEGIN ', 'PRIVATE KEY-----'), 'starts of keys'],
    ['password is ', 'sentences'],
    ['Aa1', 'mixed letters'],
    ['A1b2/', 'mixed paths'],
    ['token token ', 'names'],
    ['"password":"', 'quotes'],
  ])('reads 2 MB of %j (%s) in linear time', (unit) => {
    const started = performance.now();
    findSecrets(unit.repeat(2_000_000 / unit.length));
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('secretFreeSpan', () => {
  const text = 'Use the token: k3yV4lu3x9 when you deploy to the staging cluster.';

  it('gives the whole range where no secret is', () => {
    expect(secretFreeSpan(text, 30, 50)).toEqual({ start: 30, end: 50 });
  });

  it('gives the longest stretch beside a secret', () => {
    const span = secretFreeSpan(text, 0, text.length);
    expect(span && text.slice(span.start, span.end)).toBe(' when you deploy to the staging cluster.');
  });

  it('gives null where the secret fills the range', () => {
    expect(secretFreeSpan(text, 15, 25)).toBeNull();
  });
});
