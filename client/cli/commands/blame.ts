import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderBlame } from '../render/blame.ts';

export function blameCommand(cli: Cli): Command {
  const command = newCommand('blame', 'Show where each line of a memory comes from: what wrote it, when, and from which session')
    .argument('<store>', 'memstore_..., or an alias')
    .argument('<path>', 'the path of the memory in the store, for example /notes/deploy.md');
  return withExamples(withJson(withData(command)), [
    'dreams blame memstore_011CdExample /notes/deploy.md',
    'dreams blame prod-agent /notes/deploy.md --json',
  ]).action(async (store: string, path: string, options: CommonOptions) => {
    const lines = await withClient(cli, options, async (client) => await client.blame(await client.resolveStore(store), path));
    if (options.json === true) cli.terminal.json(lines);
    else cli.terminal.result(renderBlame(lines));
  });
}
