import type { Command } from 'commander';
import { PathsChangedError } from '../../paths-changed.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderChangedPaths, renderUndone } from '../render/undo.ts';
import { userName } from '../user-name.ts';

export function undoCommand(cli: Cli): Command {
  const command = newCommand('undo', 'Take an operation back by another one: what stood before it stands again, byte for byte')
    .argument('<operation>', 'op_..., as "dreams log" names it')
    .option('--note <text>', 'why, in your own words; at most 500 characters');
  return withExamples(withJson(withData(command)), ['dreams undo op_011CdExample --note "the old port was right"']).action(
    async (id: string, options: CommonOptions & { note?: string }) => {
      try {
        const undone = await withClient(cli, options, (client) => client.undoOperation(id, { by: userName(), note: options.note }));
        if (options.json === true) cli.terminal.json(undone);
        else cli.terminal.result(renderUndone(undone));
      } catch (error) {
        // The sentence follows from the funnel; what it is about stands above it.
        if (error instanceof PathsChangedError) {
          if (options.json === true) cli.terminal.json({ operation_id: null, conflicts: error.conflicts });
          else cli.terminal.progress(`${renderChangedPaths(error.conflicts)}\n`);
        }
        throw error;
      }
    },
  );
}
