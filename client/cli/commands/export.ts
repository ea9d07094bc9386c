import { resolve } from 'node:path';
import type { Command } from 'commander';
import { assertStoreOrAlias } from '../../resolve-store.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { counted } from '../render/words.ts';
import { checkFolder, writeFolder } from '../write-folder.ts';

export function exportCommand(cli: Cli): Command {
  const command = newCommand('export', 'Write a memory store as a folder of Markdown, with provenance.json beside it')
    .argument('<store>', 'memstore_..., or an alias')
    .requiredOption('--out <folder>', 'a folder that does not exist yet, or is empty');
  return withExamples(withJson(withData(command)), ['dreams export memstore_011CdExample --out ./memory']).action(
    async (idOrAlias: string, options: CommonOptions & { out: string }) => {
      assertStoreOrAlias(idOrAlias);
      const out = resolve(options.out);
      checkFolder(out);
      const { id, files, problems } = await withClient(cli, options, async (client) => {
        const store = await client.resolveStore(idOrAlias);
        return { id: store, ...(await client.exportStore(store)) };
      });
      writeFolder(out, files);
      for (const problem of problems) cli.terminal.progress(problem.message);
      if (options.json === true) cli.terminal.json({ store: id, out, files: files.map((file) => file.path), problems });
      else cli.terminal.result(`${counted(files.length, 'file')} written to ${out}`);
    },
  );
}
