import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exitCodeOf, exitCodes } from '../../client/cli/exit-codes.ts';
import { reportError } from '../../client/cli/report-error.ts';
import { Terminal } from '../../client/cli/terminal.ts';
import type { ErrorCode } from '../../domain/errors.ts';
import { DreamsError } from '../../domain/errors.ts';
import { dreams, useEnvironment } from './calls.ts';

const nowhere = join(tmpdir(), 'dreams-nowhere');

it('answers an unknown command with the one that was meant and exit code 2', async () => {
  expect(await dreams('lst')).toEqual({ exitCode: 2, stdout: '', stderr: "error: Unknown command 'lst'.\nhint: Did you mean list?\n" });
});

it('prints a usage error as JSON on stderr when JSON was asked for', async () => {
  const { exitCode, stdout, stderr } = await dreams('list', '--limit', 'many', '--json');
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage', message: expect.stringContaining('whole number from 1') as string } });
});

it.each([
  [['dream'], 'No session was given.'],
  [['dream', '--all', '--last', '3'], 'cannot be used with'],
  [['dream', '--last', '0'], 'whole number from 1 to 100'],
  [['dream', '--last', '101'], 'whole number from 1 to 100'],
  [['show'], 'Missing required argument'],
  [['show', 'op_1'], '"op_1" is no id that can be shown'],
  [['show', 'drm_1', '--line', '3'], '--line goes with a memory store or a memory'],
  [['show', 'memstore_1', '--line', '3'], 'must be /path:number'],
  [['show', 'mem_1', '--line', '/a.md:3'], 'is no line number'],
  [['export', 'sesn_1', '--out', './out'], 'is no id of a memory store'],
  [['export', 'memstore_1'], "required option '--out <folder>' not specified"],
  [['list', '--nope'], 'Unknown option'],
])('refuses %j with a sentence and exit code 2', async (args, sentence) => {
  useEnvironment();
  const { exitCode, stdout, stderr } = await dreams(...args);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.toLowerCase()).toContain(sentence.toLowerCase());
});

it('says what to start when nothing runs and nothing is set', async () => {
  useEnvironment();
  expect(await dreams('list')).toEqual({
    exitCode: 5,
    stdout: '',
    stderr: 'error: No database is known.\nhint: Start "dreams up" in another terminal, or set DATABASE_URL and TEMPORAL_ADDRESS.\n',
  });
});

it('names the data folder for which nothing runs', async () => {
  useEnvironment();
  const { exitCode, stderr } = await dreams('list', '--data', nowhere);
  expect(exitCode).toBe(5);
  expect(stderr).toContain(`Nothing runs for the data folder ${nowhere}.`);
});

it('reports everything that is wrong with the environment at once and repeats no password', async () => {
  useEnvironment({ DATABASE_URL: 'mysql://root:geheim@db/x', TEMPORAL_ADDRESS: 'http://x', OPEN_DREAMS_THREADS: '0' });
  const { exitCode, stderr } = await dreams('list');
  expect(exitCode).toBe(2);
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'OPEN_DREAMS_THREADS']) expect(stderr).toContain(name);
  expect(stderr).not.toContain('geheim');
});

it('says that a database does not answer, without its password', async () => {
  useEnvironment({ DATABASE_URL: 'postgres://dreams:geheim@127.0.0.1:1/dreams' });
  const { exitCode, stderr } = await dreams('list');
  expect(exitCode).toBe(5);
  expect(stderr).toContain('The database at 127.0.0.1:1 did not answer');
  expect(stderr).not.toContain('geheim');
});

function report(error: unknown, asJson = false, debug = false): { exitCode: number; written: string } {
  let written = '';
  const stream = {
    write: (text: string) => {
      written += text;
    },
  };
  return { exitCode: reportError(error, new Terminal({ stdout: stream, stderr: stream }), asJson, debug), written };
}

it('gives every error code an exit code between failed and unavailable', () => {
  for (const [code, exitCode] of Object.entries(exitCodeOf)) {
    expect(report(new DreamsError(code as ErrorCode, 'A sentence.')).exitCode).toBe(exitCode);
    expect(exitCode).toBeGreaterThanOrEqual(exitCodes.failed);
    expect(exitCode).toBeLessThanOrEqual(exitCodes.unavailable);
  }
});

it('never shows the message of an error that nobody foresaw, for it may quote a transcript', () => {
  const error = new Error('insert into x values ("my diary")', { cause: Object.assign(new Error('my diary'), { code: '23505' }) });
  const { exitCode, written } = report(error);
  expect(exitCode).toBe(1);
  expect(written).toContain('(Error, 23505)');
  expect(written).not.toContain('diary');
  expect(report(error, false, true).written).toContain('errors.test.ts');
});

it('puts code, message and hint into the JSON of an error', () => {
  const { written } = report(new DreamsError('dream_closed', 'It has ended.', { hint: 'Start another.' }), true);
  expect(JSON.parse(written)).toEqual({ error: { code: 'dream_closed', message: 'It has ended.', hint: 'Start another.' } });
});
