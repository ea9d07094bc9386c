import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderLog } from '../render/log.ts';

export function logCommand(cli: Cli): Command {
  const command = newCommand(
    'log',
    'Show what was done to a memory store: who, when, why, and how many of each kind; newest first',
  ).argument('<store>', 'memstore_..., or an alias');
  return withExamples(withJson(withData(command)), ['dreams log memstore_011CdExample', 'dreams log prod-agent --json']).action(
    async (store: string, options: CommonOptions) => {
      const log = await withClient(cli, options, async (client) => await client.readLog(await client.resolveStore(store)));
      if (options.json === true) cli.terminal.json(log.operations);
      else cli.terminal.result(renderLog(log));
    },
  );
}
