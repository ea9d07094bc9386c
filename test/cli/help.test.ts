import { expect, it } from 'vitest';
import { dreams } from './calls.ts';

const commands = [
  'up',
  'worker',
  'migrate',
  'import',
  'dream',
  'list',
  'show',
  'watch',
  'cancel',
  'review',
  'diff',
  'approve',
  'reject',
  'log',
  'blame',
  'undo',
  'alias set',
  'alias list',
  'alias show',
  'promote',
  'rollback',
  'edit',
  'archive',
  'erase',
  'export',
  'demo',
];

it('explains itself and every command in words that change only on purpose', async () => {
  const pages = [(await dreams('--help')).stdout];
  for (const command of commands) pages.push((await dreams(...command.split(' '), '--help')).stdout);
  await expect(pages.join(`\n${'='.repeat(100)}\n\n`)).toMatchFileSnapshot('help.txt');
});

it('gives an example of use in the help text of every command', async () => {
  for (const command of commands) {
    const { stdout, exitCode } = await dreams(...command.split(' '), '--help');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\\n  \\$ .*dreams ${command}`));
  }
});

it('prints its version', async () => {
  expect(await dreams('--version')).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
});
