import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderMoved } from '../render/alias.ts';
import { userName } from '../user-name.ts';

export function rollbackCommand(cli: Cli): Command {
  const command = newCommand('rollback', 'Point an alias back at the memory store before; no store changes')
    .argument('<alias>', 'the alias to move')
    .option('--note <text>', 'why, in your own words; at most 500 characters');
  return withExamples(withJson(withData(command)), ['dreams rollback prod-agent --note "answers got worse"']).action(
    async (name: string, options: CommonOptions & { note?: string }) => {
      const moved = await withClient(cli, options, (client) => client.rollback(name, { by: userName(), note: options.note }));
      if (options.json === true) cli.terminal.json(moved);
      else cli.terminal.result(`${renderMoved(moved)}\nForward again: dreams promote ${String(moved.before)} --alias ${moved.name}`);
    },
  );
}
