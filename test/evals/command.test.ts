import { availableParallelism } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EvalOptions } from '../../evals/command.ts';
import { evalCommand } from '../../evals/command.ts';

async function parsed(...args: string[]): Promise<EvalOptions & { folder: string }> {
  let taken: (EvalOptions & { folder: string }) | undefined;
  const command = evalCommand(async (folder, options) => {
    taken = { ...options, folder };
  });
  await command.parseAsync(args, { from: 'user' });
  if (taken === undefined) throw new Error('The command did not run.');
  return taken;
}

describe('the options of the evaluation driver', () => {
  it('are a dream for each core, the offline engine and the scorer beside the project when only the folders are given', async () => {
    const { scorers, ...rest } = await parsed('cases', '--out', 'dreamed');
    expect(rest).toEqual({
      folder: resolve('cases'),
      out: resolve('dreamed'),
      model: 'offline',
      jobs: Math.min(availableParallelism(), 64),
    });
    expect(isAbsolute(scorers)).toBe(true);
    expect(scorers).toMatch(/[\\/]shared[\\/]evals$/);
  });

  it('take a number of jobs, the folder of the scorer and that of an earlier run', async () => {
    expect(await parsed('c', '--out', 'o', '--jobs', '3', '--scorers', 's', '--earlier', 'e')).toMatchObject({
      jobs: 3,
      scorers: resolve('s'),
      earlier: resolve('e'),
    });
  });

  it.each(['0', '-1', '1.5', 'two', '', '65'])('refuse %j jobs with a sentence', async (jobs) => {
    await expect(parsed('c', '--out', 'o', '--jobs', jobs)).rejects.toThrow(/--jobs.*It must be a whole number from 1 to 64\./);
  });

  it('name no folder of the machine in the help text', () => {
    const help = evalCommand(async () => undefined)
      .helpInformation()
      .replaceAll(/\s+/g, ' ');
    expect(help).toContain('default: one a core');
    expect(help).toContain('../shared/evals beside this project');
    expect(help).not.toContain(resolve('.'));
  });
});
