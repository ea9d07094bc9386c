import { expect, it } from 'vitest';
import type { ErasedSession } from '../../client/erase-session.ts';
import { facade } from '../client/support.ts';
import { quoted, recordDream } from '../client/erase-record.ts';
import { seedDream, seedSession, seedStore, user } from '../support/seeds.ts';
import { dreams, useEnvironment } from './calls.ts';

const words = 'The walrus badge opens the north gate.';

it('says what went, what stayed and what is out of reach, and shows it again later', async () => {
  const { url, database } = await facade({ address: null });
  useEnvironment({ DATABASE_URL: url });
  const storeId = await seedStore(database, { '/a.md': '# A\n\n- One.\n' });
  const a = await seedSession(database, '2026-10-01T09:00:00Z', [user(words), user('The kettle in the kitchen is blue.')]);
  const b = await seedSession(database, '2026-10-02T09:00:00Z', [user('The kettle in the kitchen is blue.')]);
  const kettle = '- The kettle in the kitchen is blue.';
  const { output } = await recordDream(database, {
    storeId,
    sessionIds: [a, b],
    files: { '/gate.md': `# Gate\n\n- ${words}\n${kettle}\n` },
    lines: [
      { path: '/gate.md', text: `- ${words}`, evidence: [await quoted(database, a, words)] },
      {
        path: '/gate.md',
        text: kettle,
        evidence: [await quoted(database, a, kettle.slice(2)), await quoted(database, b, kettle.slice(2))],
      },
    ],
  });
  const open = await seedDream(database, { storeId, sessionIds: [a] });

  expect(await dreams('erase', a)).toMatchObject({
    exitCode: 4,
    stdout: '',
    stderr: `error: The dream ${open} is open and reads the session ${a}; nothing was erased.\nhint: Wait for the end, cancel with "dreams cancel ${open}", or erase with --now, which makes it fail.\n`,
  });
  const done = await dreams('erase', a, '--now', '--note', 'asked for');
  expect(done.exitCode).toBe(0);
  expect(done.stderr).toContain(`Temporal did not answer; the run of the dream ${open} notices the end at its next step.`);
  for (const text of [
    `${a}  erased `,
    ': asked for',
    '2 events, 0 facts, 0 proposals, 0 recorded answers, 4 quotes',
    '1 memory version, 1 draft, 2 changes of drafts',
    `${open}, which was open and read it, as failed`,
    `1 line gone with it (by their numbers before):\n  ${output} /gate.md:3\n`,
    `1 line stayed:\n  ${output} /gate.md:4: another session says it too\n`,
    'until VACUUM',
  ])
    expect(done.stdout).toContain(text);
  expect(done.stdout).not.toContain('walrus');

  const shown = await dreams('show', a);
  expect(shown.stdout).toContain(`1 line gone with it (by their numbers before):\n  ${output} /gate.md:3\n`);
  expect((await dreams('list')).stdout).not.toContain(a);
  expect(await dreams('erase', a)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('was erased already, on ') as string });
  expect(await dreams('erase', 'sesn_1')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringContaining('There is no session sesn_1') as string,
  });

  const json = await dreams('erase', b, '--json');
  expect(JSON.parse(json.stdout) as ErasedSession).toMatchObject({
    session_id: b,
    note: null,
    report: { events: 1, gone: [{ storeId: output, path: '/gate.md', line: 3 }] },
  });
});
