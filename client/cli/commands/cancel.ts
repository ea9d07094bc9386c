import type { Command } from 'commander';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderDream } from '../render/dream.ts';
import { userName } from '../user-name.ts';

export function cancelCommand(cli: Cli): Command {
  const command = newCommand('cancel', 'Stop a dream; its input store stays as it is').argument('<id>', 'drm_...');
  return withExamples(withJson(withData(command)), ['dreams cancel drm_011CdExample']).action(
    async (id: string, options: CommonOptions) => {
      const { dream, told } = await withClient(cli, options, (client) => client.cancelDream(id, userName()));
      if (!told) cli.terminal.progress('Temporal did not answer; the run notices the end at its next step.');
      if (options.json === true) cli.terminal.json(dream);
      else cli.terminal.result(renderDream(dream));
    },
  );
}
