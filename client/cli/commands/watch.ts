import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { exitCodeOfDream, watchUntilEnd } from '../follow-dream.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderDream } from '../render/dream.ts';

export function watchCommand(cli: Cli): Command {
  const command = newCommand('watch', 'Watch a dream until it has ended').argument('<id>', 'drm_...');
  return withExamples(withJson(withData(command)), ['dreams watch drm_011CdExample']).action(async (id: string, options: CommonOptions) => {
    const dream = await withClient(cli, options, (client) => watchUntilEnd(client, id, cli.terminal, cli.interrupts.take()));
    if (options.json === true) cli.terminal.json(dream);
    else cli.terminal.result(renderDream(dream));
    cli.exitCode = exitCodeOfDream(dream);
  });
}
