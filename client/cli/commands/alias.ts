import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderAlias, renderAliases, renderMoved } from '../render/alias.ts';
import { userName } from '../user-name.ts';

export function aliasCommand(cli: Cli): Command {
  const command = newCommand('alias', 'Names that point at a memory store and can be moved; what agents and schedules use')
    .addCommand(setCommand(cli))
    .addCommand(listCommand(cli))
    .addCommand(showCommand(cli));
  return withExamples(command, ['dreams alias set prod-agent memstore_011CdExample', 'dreams alias list', 'dreams alias show prod-agent']);
}

function setCommand(cli: Cli): Command {
  const command = newCommand('set', 'Make an alias, or point it at another memory store')
    .argument('<name>', 'lower-case letters, digits, dots, dashes and underscores; at most 63')
    .argument('<store>', 'memstore_..., or an alias')
    .option('--note <text>', 'why, in your own words; at most 500 characters');
  return withExamples(withJson(withData(command)), ['dreams alias set prod-agent memstore_011CdExample --note "first version"']).action(
    async (name: string, store: string, options: CommonOptions & { note?: string }) => {
      const moved = await withClient(cli, options, async (client) =>
        client.setAlias(name, await client.resolveStore(store), { by: userName(), note: options.note }),
      );
      if (options.json === true) cli.terminal.json(moved);
      else cli.terminal.result(renderMoved(moved));
    },
  );
}

function listCommand(cli: Cli): Command {
  const command = newCommand('list', 'List aliases by name, with the store that each points at');
  return withExamples(withJson(withData(command)), ['dreams alias list']).action(async (options: CommonOptions) => {
    const aliases = await withClient(cli, options, (client) => client.listAliases());
    if (options.json === true) cli.terminal.json(aliases);
    else cli.terminal.result(renderAliases(aliases));
  });
}

function showCommand(cli: Cli): Command {
  const command = newCommand('show', 'Show where an alias points, every move that it made, and where a rollback leads').argument(
    '<name>',
    'an alias',
  );
  return withExamples(withJson(withData(command)), ['dreams alias show prod-agent']).action(
    async (name: string, options: CommonOptions) => {
      const alias = await withClient(cli, options, (client) => client.showAlias(name));
      if (options.json === true) cli.terminal.json(alias);
      else cli.terminal.result(renderAlias(alias));
    },
  );
}
