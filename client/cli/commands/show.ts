import type { Command } from 'commander';
import { aliasForm } from '../../../domain/alias.ts';
import { DreamsError } from '../../../domain/errors.ts';
import type { DreamsClient } from '../../dreams-client.ts';
import { idPrefixOf } from '../../resolve-store.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import { renderChanges } from '../render/change-list.ts';
import { renderDream, renderReport } from '../render/dream.ts';
import { renderLineOrigin } from '../render/line-origin.ts';
import { renderSession } from '../render/session.ts';
import { renderMemory, renderStore } from '../render/store.ts';

interface ShowOptions extends CommonOptions {
  line?: string;
}

/** A thing as JSON and as text. */
interface Shown {
  value: unknown;
  text: string;
}

export function showCommand(cli: Cli): Command {
  const command = newCommand('show', 'Show a dream with its changes, a memory store, a memory, or a session with what it has led to')
    .argument('<id>', 'drm_..., memstore_..., mem_..., sesn_..., or an alias')
    .option('--line <place>', 'where a line comes from: a number for a memory, /path:number for a store');
  return withExamples(withJson(withData(command)), [
    'dreams show drm_011CdExample',
    'dreams show memstore_011CdExample --line /notes/deploy.md:12',
    'dreams show sesn_011CdExample --json',
  ]).action(async (id: string, options: ShowOptions) => {
    const show = chooseKind(id, options.line);
    const { value, text } = await withClient(cli, options, show);
    if (options.json === true) cli.terminal.json(value);
    else cli.terminal.result(text);
  });
}

function chooseKind(id: string, line: string | undefined): (client: DreamsClient) => Promise<Shown> {
  if (id.startsWith('memstore_')) return line === undefined ? (client) => store(client, id) : explain({ storeId: id, ...readPlace(line) });
  if (id.startsWith('mem_')) return line === undefined ? (client) => memory(client, id) : explain({ memoryId: id, line: readNumber(line) });
  if (idPrefixOf(id) === null && aliasForm.test(id)) return async (client) => await chooseKind(await client.resolveStore(id), line)(client);
  if (line !== undefined)
    throw new DreamsError('invalid_input', `--line goes with a memory store or a memory, not with ${JSON.stringify(id)}.`, {
      hint: 'dreams show memstore_... --line /path:12',
    });
  if (id.startsWith('drm_')) return (client) => dream(client, id);
  if (id.startsWith('sesn_')) return (client) => session(client, id);
  throw new DreamsError(
    'invalid_input',
    `${JSON.stringify(id)} is no id that can be shown; those begin with drm_, memstore_, mem_ or sesn_.`,
    { hint: 'See "dreams list" for what there is, and "dreams alias list" for names of stores.' },
  );
}

async function dream(client: DreamsClient, id: string): Promise<Shown> {
  const value = await client.showDream(id);
  const report = value.report === null ? [] : ['', renderReport(value.report)];
  const changes = value.report === null ? [] : ['', renderChanges(value.changes)];
  return { value, text: [renderDream(value), ...report, ...changes].join('\n') };
}

async function store(client: DreamsClient, id: string): Promise<Shown> {
  const value = await client.showStore(id);
  return { value, text: renderStore(value) };
}

async function memory(client: DreamsClient, id: string): Promise<Shown> {
  const value = await client.showMemory(id);
  return { value, text: renderMemory(value) };
}

async function session(client: DreamsClient, id: string): Promise<Shown> {
  const value = await client.showSession(id);
  return { value, text: renderSession(value) };
}

function explain(place: Parameters<DreamsClient['explainLine']>[0]): (client: DreamsClient) => Promise<Shown> {
  return async (client) => {
    const value = await client.explainLine(place);
    return { value, text: renderLineOrigin(value) };
  };
}

function readPlace(line: string): { path: string; line: number } {
  const form = /^(\/.+):(\d+)$/.exec(line);
  if (form === null)
    throw new DreamsError(
      'invalid_input',
      `--line ${JSON.stringify(line)} is no place in a store; it must be /path:number, for example /notes/deploy.md:12.`,
    );
  return { path: form[1] ?? '', line: Number(form[2]) };
}

function readNumber(line: string): number {
  if (!/^\d+$/.test(line))
    throw new DreamsError('invalid_input', `--line ${JSON.stringify(line)} is no line number of a memory, for example 12.`);
  return Number(line);
}
