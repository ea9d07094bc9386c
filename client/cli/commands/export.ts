import { resolve } from 'node:path';
import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { counted } from '../render/words.ts';
import { checkFolder, writeFolder } from '../write-folder.ts';

export function exportCommand(cli: Cli): Command {
  const command = newCommand('export', 'Write a memory store as a folder of Markdown, with provenance.json beside it')
    .argument('<store>', 'memstore_...')
    .requiredOption('--out <folder>', 'a folder that does not exist yet, or is empty');
  return withExamples(withJson(withData(command)), ['dreams export memstore_011CdExample --out ./memory']).action(
    async (id: string, options: CommonOptions & { out: string }) => {
      if (!id.startsWith('memstore_'))
        throw new DreamsError('invalid_input', `${JSON.stringify(id)} is no id of a memory store; those begin with memstore_.`, {
          hint: 'See "dreams list" for the stores there are.',
        });
      const out = resolve(options.out);
      checkFolder(out);
      const { files, problems } = await withClient(cli, options, (client) => client.exportStore(id));
      writeFolder(out, files);
      for (const problem of problems) cli.terminal.progress(problem.message);
      if (options.json === true) cli.terminal.json({ store: id, out, files: files.map((file) => file.path), problems });
      else cli.terminal.result(`${counted(files.length, 'file')} written to ${out}`);
    },
  );
}
