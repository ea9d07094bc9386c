import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { awaitEnd, exitCodeOfDecided, renderDecided } from '../review/after-decision.ts';
import { userName } from '../user-name.ts';

interface ApproveOptions extends CommonOptions {
  digest?: string;
  exclude?: string[];
  note?: string;
  wait: boolean;
}

export function approveCommand(cli: Cli): Command {
  const command = newCommand('approve', 'Approve the draft of a dream, so that it is committed')
    .argument('<id>', 'drm_...')
    .option('--digest <digest>', 'of the draft you looked at, as "dreams diff" shows it; 8 characters are enough (required)')
    .option('--exclude <change...>', 'changes to leave out')
    .option('--note <text>', 'a word about the decision, up to 500 characters')
    .option('--no-wait', 'do not wait for the commit');
  return withExamples(withJson(withData(command)), [
    'dreams approve drm_011CdExample --digest 3f9a1c2b7e04',
    'dreams approve drm_011CdExample --digest 3f9a1c2b7e04 --exclude chg_A chg_B --note "The port is not settled yet."',
  ]).action(async (id: string, options: ApproveOptions) => {
    const { digest, exclude, note } = options;
    if (digest === undefined)
      throw new DreamsError('invalid_input', 'An approval names the draft that was looked at; --digest is missing.', {
        hint: `"dreams diff ${id}" shows the draft and its digest.`,
      });
    const decided = await withClient(cli, options, async (client) => {
      const decision = await client.decideDream(id, {
        verdict: 'approve',
        digest,
        by: userName(),
        ...(exclude === undefined ? {} : { exclude }),
        ...(note === undefined ? {} : { note }),
      });
      if (!options.wait) return { decision, dream: await client.getDream(id), diff: await client.diffDream(id) };
      return await awaitEnd(client, id, decision, cli.terminal, cli.interrupts.take());
    });
    const { decision, dream, diff } = decided;
    if (options.json === true) cli.terminal.json({ decision, dream, operation_id: diff.operation_id });
    else cli.terminal.result(renderDecided(decided));
    if (options.wait) cli.exitCode = exitCodeOfDecided(decided);
  });
}
