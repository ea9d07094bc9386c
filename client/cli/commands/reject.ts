import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { awaitEnd, exitCodeOfDecided, renderDecided } from '../review/after-decision.ts';
import { userName } from '../user-name.ts';

interface RejectOptions extends CommonOptions {
  digest?: string;
  note?: string;
}

export function rejectCommand(cli: Cli): Command {
  const command = newCommand('reject', 'Reject the draft of a dream; the dream ends and no memory changes')
    .argument('<id>', 'drm_...')
    .option('--digest <digest>', 'reject only if the draft that waits is this one')
    .option('--note <text>', 'a word about the decision, up to 500 characters');
  return withExamples(withJson(withData(command)), [
    'dreams reject drm_011CdExample',
    'dreams reject drm_011CdExample --note "The second session was a test."',
  ]).action(async (id: string, options: RejectOptions) => {
    const { digest, note } = options;
    const decided = await withClient(cli, options, async (client) => {
      const decision = await client.decideDream(id, {
        verdict: 'reject',
        by: userName(),
        ...(digest === undefined ? {} : { digest }),
        ...(note === undefined ? {} : { note }),
      });
      return await awaitEnd(client, id, decision, cli.terminal, cli.interrupts.take());
    });
    if (options.json === true) cli.terminal.json({ decision: decided.decision, dream: decided.dream });
    else cli.terminal.result(renderDecided(decided));
    cli.exitCode = exitCodeOfDecided(decided);
  });
}
