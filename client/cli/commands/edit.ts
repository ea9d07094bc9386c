import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import { Option } from 'commander';
import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import type { EditedStore, StoreEdit } from '../../edit-store.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { userName } from '../user-name.ts';

interface EditOptions extends CommonOptions {
  from?: string;
  delete?: true;
  to?: string;
  note?: string;
}

export function editCommand(cli: Cli): Command {
  const command = newCommand('edit', 'Write, delete or rename one memory of a store by hand')
    .argument('<store>', 'memstore_..., or an alias')
    .argument('<path>', 'the path of the memory in the store, for example /notes/deploy.md')
    .addOption(new Option('--from <file>', 'write the text of this file there; - reads standard input').conflicts(['delete', 'to']))
    .addOption(new Option('--delete', 'delete the memory').conflicts(['from', 'to']))
    .addOption(new Option('--to <path>', 'rename it to this path').conflicts(['from', 'delete']))
    .option('--note <text>', 'why, in your own words; at most 500 characters');
  return withExamples(withJson(withData(command)), [
    'dreams edit memstore_011CdExample /notes/deploy.md --from deploy.md --note "the port moved"',
    'dreams edit memstore_011CdExample /notes/old.md --delete',
    'dreams edit memstore_011CdExample /todo.md --to /notes/todo.md',
  ]).action(async (store: string, path: string, options: EditOptions) => {
    const edit = await readEdit(path, options);
    const edited = await withClient(cli, options, async (client) =>
      client.editStore(await client.resolveStore(store), [edit], { by: userName(), note: options.note }),
    );
    if (options.json === true) cli.terminal.json(edited);
    else cli.terminal.result(renderEdited(edit, edited));
  });
}

async function readEdit(path: string, { from, delete: isDeletion, to }: EditOptions): Promise<StoreEdit> {
  if (isDeletion === true) return { kind: 'delete', path };
  if (to !== undefined) return { kind: 'rename', path, to };
  if (from !== undefined)
    return { kind: 'write', path, content: readText(from, from === '-' ? await buffer(process.stdin) : await readBytes(from)) };
  throw new DreamsError('invalid_input', `What to do with ${JSON.stringify(path)} was not said.`, {
    hint: 'Add --from FILE to write it, --delete to delete it, or --to PATH to rename it.',
  });
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? new DreamsError('not_found', `There is no file ${JSON.stringify(file)}.`, { hint: 'Check the path; nothing was changed.', cause })
      : new DreamsError('invalid_input', `${JSON.stringify(file)} cannot be read (${code ?? (cause as Error).name}).`, {
          hint: 'Name a file that can be read; nothing was changed.',
          cause,
        });
  }
}

/** Exactly the text: a byte order mark stays, and bytes that are no UTF-8 are refused instead of replaced. */
function readText(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new DreamsError('invalid_input', `${file === '-' ? 'Standard input' : JSON.stringify(file)} is not UTF-8 text.`, {
      hint: 'Memories are UTF-8 text; nothing was changed.',
      cause,
    });
  }
}

const doneWords: Record<StoreEdit['kind'], string> = { write: 'written', delete: 'deleted', rename: 'renamed' };

function renderEdited(edit: StoreEdit, { operation_id: id }: EditedStore): string {
  const what = edit.kind === 'rename' ? `${edit.path} was renamed to ${edit.to}` : `${edit.path} was ${doneWords[edit.kind]}`;
  if (id === null) return `${edit.path} stands so already; nothing was changed.`;
  return `${what}, operation ${id}.\nTo take it back: dreams undo ${id}`;
}
