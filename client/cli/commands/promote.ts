import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderMoved } from '../render/alias.ts';
import { userName } from '../user-name.ts';

export function promoteCommand(cli: Cli): Command {
  const command = newCommand('promote', 'Point an alias at a memory store, or at the one that a dream wrote')
    .argument('<store-or-dream>', 'memstore_..., an alias, or the drm_... of a completed dream')
    .requiredOption('--alias <name>', 'the alias to move')
    .option('--note <text>', 'why, in your own words; at most 500 characters');
  return withExamples(withJson(withData(command)), [
    'dreams promote drm_011CdExample --alias prod-agent',
    'dreams promote memstore_011CdExample --alias prod-agent --note "reviewed with the team"',
  ]).action(async (storeOrDream: string, options: CommonOptions & { alias: string; note?: string }) => {
    const author = { by: userName(), note: options.note };
    const moved = await withClient(cli, options, async (client) =>
      client.promote(storeOrDream.startsWith('drm_') ? storeOrDream : await client.resolveStore(storeOrDream), options.alias, author),
    );
    if (options.json === true) cli.terminal.json(moved);
    else cli.terminal.result(`${renderMoved(moved)}${moved.moved ? `\nBack again: dreams rollback ${moved.name}` : ''}`);
  });
}
