import process from 'node:process';
import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples } from '../options.ts';
import { awaitEnd, exitCodeOfDecided, renderDecided } from '../review/after-decision.ts';
import { runReview } from '../review/run-review.ts';

export function reviewCommand(cli: Cli): Command {
  const command = newCommand('review', 'Go through the draft of a dream change by change, then approve or reject it').argument(
    '<id>',
    'drm_...',
  );
  return withExamples(withData(command), ['dreams review drm_011CdExample']).action(async (id: string, options: CommonOptions) => {
    if (process.stdin.isTTY !== true || !cli.terminal.isScreen)
      throw new DreamsError('invalid_input', 'A review needs a terminal to show the changes on and to read keys from.', {
        hint: `Without one: "dreams diff ${id}", then "dreams approve ${id} --digest ..." or "dreams reject ${id}".`,
      });
    const decided = await withClient(cli, options, async (client) => {
      const signal = cli.interrupts.take();
      const decision = await runReview(client, id, cli.terminal, process.stdin, signal);
      return decision === null ? null : await awaitEnd(client, id, decision, cli.terminal, signal);
    });
    if (decided === null) return;
    cli.terminal.result(renderDecided(decided));
    cli.exitCode = exitCodeOfDecided(decided);
  });
}
