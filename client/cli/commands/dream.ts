import { Option } from 'commander';
import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import type { DreamsClient } from '../../dreams-client.ts';
import type { WireDream } from '../../wire/dream.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { exitCodeOfDream, watchUntilEnd } from '../follow-dream.ts';
import { newCommand, wholeNumber, withData, withExamples, withJson } from '../options.ts';
import { renderDream } from '../render/dream.ts';

interface DreamCommandOptions extends CommonOptions {
  store?: string;
  session?: string[];
  last?: number;
  all?: boolean;
  instructions?: string;
  model: string;
  protect?: string[];
  wait: boolean;
}

export function dreamCommand(cli: Cli): Command {
  const command = newCommand('dream', 'Dream over sessions: write a reorganised copy of a memory store')
    .option('--store <id>', 'memory store to start from; an empty one is made without it')
    .option('--session <id...>', 'sessions to read, 1 to 100')
    .addOption(new Option('--last <count>', 'read the newest sessions').argParser(wholeNumber(1, 100)).conflicts(['session', 'all']))
    .addOption(new Option('--all', 'read every session; of more than 100 the oldest 100').conflicts(['session', 'last']))
    .option('--instructions <text>', 'what to look for, keep, drop, and how to lay out; 1 to 4,096 characters')
    .option('--model <id>', 'who judges; "offline" is the engine without a model', 'offline')
    .option('--protect <path...>', 'paths, and folders with a trailing slash, that stay as they are')
    .option('--no-wait', 'print the dream as soon as it is asked for');
  return withExamples(withJson(withData(command)), [
    'dreams dream --all',
    'dreams dream --store memstore_011CdExample --last 20 --instructions "Put commands first."',
    'dreams dream --session sesn_011CdA sesn_011CdB --no-wait --json',
  ]).action(async (options: DreamCommandOptions) => {
    if (options.session === undefined && options.last === undefined && options.all !== true) {
      throw new DreamsError('invalid_input', 'No session was given.', { hint: 'Name them with --session ID, or take --last N or --all.' });
    }
    const dream = await withClient(cli, options, (client) => run(cli, client, options));
    if (options.json === true) cli.terminal.json(dream);
    else cli.terminal.result(`${renderDream(dream)}\n\n${nextStep(dream)}`);
    if (options.wait) cli.exitCode = exitCodeOfDream(dream);
  });
}

async function run(cli: Cli, client: DreamsClient, options: DreamCommandOptions): Promise<WireDream> {
  const { store, instructions, model, protect } = options;
  const sessionIds = await chooseSessions(cli, client, options);
  const { dream, started } = await client.createDream({
    sessionIds,
    model,
    ...(store === undefined ? {} : { storeId: store }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(protect === undefined ? {} : { options: { protect } }),
  });
  cli.terminal.progress(
    `The dream ${dream.id} over ${String(sessionIds.length)} sessions was asked for${started ? '' : '; Temporal did not answer, so a worker starts it as soon as it does'}.`,
  );
  return options.wait ? await watchUntilEnd(client, dream.id, cli.terminal, cli.interrupts.take()) : dream;
}

async function chooseSessions(cli: Cli, client: DreamsClient, { session, last }: DreamCommandOptions): Promise<string[]> {
  if (session !== undefined) return session;
  const { sessionIds, left } = await client.selectSessions(last === undefined ? { all: true } : { last });
  if (left > 0)
    cli.terminal.progress(
      `There are ${String(sessionIds.length + left)} sessions; this dream reads the oldest ${String(sessionIds.length)}, ${String(left)} are left for another one.`,
    );
  return sessionIds;
}

function nextStep(dream: WireDream): string {
  const output = dream.outputs[0]?.memory_store_id;
  if (dream.status !== 'completed' || output === undefined) return `Follow it with: dreams watch ${dream.id}`;
  return `What changed and why: dreams show ${dream.id}\nThe new store as a folder: dreams export ${output} --out ./${output.slice(-8)}`;
}
