import { describe, expect, test } from 'vitest';
import { createSandbox } from './sandbox.ts';

describe('the command line of temporal-dev.sh', () => {
  test.each([[[]], [['help']], [['--help']], [['start', '--help']]])('prints help with examples for %j', async (args: string[]) => {
    const ended = await createSandbox().run(args);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('Examples');
  });

  test.each([
    [['begin'], 'There is no command "begin"'],
    [['path', '--data', 'x'], '"path" does not know "--data"'],
    [['start', 'now'], '"start" does not know "now"'],
    [['start', '--port'], '--port needs a value'],
    [['start', '--data='], '--data needs a value'],
    [['start', '--port', '70000'], '--port must be a number from 1 to 65535, not "70000"'],
    [['start', '--port', '7x'], 'not "7x"'],
    [['start', '--port=7300', '--ui-port=7300'], 'must be two different ports'],
    [['start', '--data', 'what?'], 'which the server cannot open'],
  ])('refuses %j with a sentence and exit code 2', async (args: string[], sentence: string) => {
    const ended = await createSandbox().run(args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(sentence);
  });
});
