import { describe, expect, it } from 'vitest';
import { findMentioned } from '../../domain/secret-mentions.ts';
import { findSecrets, maskSecrets } from '../../domain/secrets.ts';

// All invented; none opens anything.
const said = [
  'log in to the staging board with admin / Zitronen-Eis-99',
  'das Passwort lautet Regenbogen_55',
  'alerts go to https://hooks.chat.example/services/T0K2AB/B9X1/a8fk2mz',
  'webhook for the desk: https://desk.example.test/in/q7r2-8fk1-mz',
  'curl https://ci.example.test/hooks/4b7c2e9a1f',
  'pager_key: pm_live_9fKx2VbQ71LmTzRw04Ye',
  'pw: hunter2swordfish',
  'pass: Gr4vel!boat',
  'login ops / Tr0ub4dor&3',
  'login is ops, pass is Tr0ub4dor&3',
  'password is correct-horse-battery',
  'the password to the staging box is correct-horse-battery-staple',
  'the wifi password is Kestrel-4471-blue',
  'passphrase "blue otter 77 lamp"',
  'use kv_live_abcDEF123456ghi for it',
  'curl -u ada:s3cretPw! https://x.test',
  'mysql -uroot -pFlamingo77 app',
  'Server=db;User Id=app;Password=Zx9!kkLm;',
  'Authorization: Basic YWRhOnMzY3JldFB3IQ==',
  'X-Api-Key: 77b1c0aa91f84e2e9d3caa01b7c8d9e0',
  '//registry.npmjs.org/:_authToken=npm_AbCdEf0123456789AbCdEf0123456789AbCd',
  'machine api.example.test login ada password kk93-Lmn',
  'TOTP secret JBSWY3DPEHPK3PXP',
  'cookie: session=s%3A9aKfk29dkk20Fkf9d02kfkKd92.kdkf',
  'recovery code 8f3k-29dk-20dk',
  'PIN is 4471',
  'pin code for the door 4471',
  'the shared account: support@example.test / Marigold99!',
  'SMTP_PASS=maple.syrup.42',
  'export VAULT_TOKEN=s.9fKx2VbQ71LmTzRw04Ye',
  'license key XK7P-22LM-9QRT-B4ZW',
  'client_secret 8Xk~Q2mZ9-pL0aVb7RtY',
  'secret: brass-lantern-39-otter',
  'mailchimp key 9c3f1b7e2a4d5f60718293a4b5c6d7e8-us14',
  'webhook https://hooks.example.test/in/T02/9fKx2VbQ71LmTzRw04Ye',
  'token=tok_2fa9c81b7d',
  'wss://user:pa55@q.example/',
  'hf key hf_xYzAbCdEfGhIjKlMnOpQrStUvWxYz12',
  'api token for the tile server is tile-8827-qwerty-zz',
  'sftp creds: lab / Pipette#22',
  'passcode 993311',
];

const harmless = [
  'log in to the board with admin / operator',
  'webhooks are described at https://docs.example.test/webhooks/v2-guide-2024',
  'POST /webhooks/payments/:id answers 204',
  'primary_key: order_uuid',
  'key: customer_id',
  'the password is case-sensitive',
  'password is stored hashed',
  'token is refreshed hourly',
  'pass: 42 tests',
  'pass 3 of 4',
  'the pin is red',
  'PIN codes are four digits',
  'press any key: continue',
  'sort_key: created_at',
  'partition key: tenant_id#order_id',
  'api key is kept in Vault',
  'cache_key: user:42:profile',
  'login: required',
  'foreign_key: orders.customer_id',
  'key: value',
  'secret is in 1Password',
  'the token comes from CI',
  'passes: 12',
  'pw policy is 12 characters',
  'license key goes in the vault',
  'idempotency_key: 0f8fad5b-d9cb-469f-a165-70867728950e',
  'commit 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b',
  'the session is 45 minutes',
  'recovery code path is untested',
  'key figures: 12, 14',
  'hot_key: ctrl+shift+p',
  'token bucket 100/s',
  'key: v2',
  'pass rate 98%',
  'password min 12 chars',
  'pin numpy==1.26.4',
  'pin node to 20.11',
  'pin it to 3.11.4',
  'secret santa 2025',
  'account 4471',
  'key results Q3-2025',
  'login page v2',
  'token limit 128k',
  'license MIT-0',
  'the key is that p95 < 200ms',
  'key insight #2',
  'S3 key reports/2025/q3.csv',
  'SSH key id_ed25519',
  'API key rotation every 90d',
  'hotkey F12',
  'redis key user:42',
  'token count 4096',
  'pin code length is 6',
  'account / billing',
  'login goes to /auth/v2/login',
  'login: GET /api/v1/session',
  'key=`user-42`',
  'passes in 2025',
  'the account is on plan / Business2025',
  'sort key is created_at2',
  'the key is order_2_id',
  'foreign key orders_2_fk',
  'license key for IntelliJ expires 2025-11-30',
  'the otp key rotates',
  'webhook https://api.example.test/hooks/stripe',
  'password policy: min-length-12',
  'pw manager is 1Password7',
  'password hashing: argon2id',
  'pass the --no-verify flag',
  'the passphrase is asked for on boot',
  'backup code path is v2',
  'secret name: prod/db/password-2',
  'key: src/lib/auth2.ts',
  'cache key is sha256(url)',
  'key: user_id:int64',
  'passcode login is planned for 2026',
  'password reset mails go through Postmark',
];

describe('credentials as people write them', () => {
  it.each(said)('are found: %s', (text) => {
    expect(findSecrets(text)).not.toEqual([]);
  });

  it.each(harmless)('are not seen where there is none: %s', (text) => {
    expect(findSecrets(text)).toEqual([]);
  });

  it('leave what stands beside them', () => {
    expect(maskSecrets('pager_key: pm_live_9fKx2VbQ71LmTzRw04Ye (Ada)')).toBe('pager_key: [secret removed] (Ada)');
    expect(maskSecrets('sftp creds: lab / Pipette#22, port 2201')).toBe('sftp creds: lab / [secret removed], port 2201');
  });

  it('are found beside capitals that grow when made small', () => {
    expect(maskSecrets('\u0130zmir desk. Gate code is 48213.')).toBe('\u0130zmir desk. Gate code is [secret removed].');
  });

  it('are looked for in linear time, however often a name stands there', () => {
    const long = 'password of the key with a pin and a login of '.repeat(20_000);
    const begun = performance.now();
    findMentioned(long);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
