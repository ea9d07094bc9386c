import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { minute } from '../render/words.ts';

export function archiveCommand(cli: Cli): Command {
  const command = newCommand('archive', 'Put a memory store away for good: it stays readable, and nothing writes to it any more').argument(
    '<store>',
    'memstore_...',
  );
  return withExamples(withJson(withData(command)), ['dreams archive memstore_011CdExample']).action(
    async (id: string, options: CommonOptions) => {
      const { store, archived } = await withClient(cli, options, (client) => client.archiveStore(id));
      if (options.json === true) cli.terminal.json(store);
      else
        cli.terminal.result(
          archived ? `${store.id} is archived.` : `${store.id} was archived before, on ${minute(store.archived_at)}; nothing was changed.`,
        );
    },
  );
}
