import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, wholeNumber, withData, withExamples, withJson } from '../options.ts';
import { renderLists } from '../render/lists.ts';

export function listCommand(cli: Cli): Command {
  const command = newCommand('list', 'List dreams, memory stores and sessions, newest first').option(
    '--limit <count>',
    'of each at most',
    wholeNumber(1, 100_000),
    20,
  );
  return withExamples(withJson(withData(command)), ['dreams list', 'dreams list --json | jq -r ".stores[0].id"']).action(
    async (options: CommonOptions & { limit: number }) => {
      const lists = await withClient(cli, options, async (client) => ({
        dreams: await client.listDreams(options.limit),
        stores: await client.listStores(options.limit),
        sessions: await client.listSessions(options.limit),
      }));
      if (options.json === true) cli.terminal.json(lists);
      else cli.terminal.result(renderLists(lists));
    },
  );
}
