import { Option } from 'commander';
import type { Command } from 'commander';
import type { DreamOptions } from '../../../domain/dream.ts';
import { DreamsError } from '../../../domain/errors.ts';
import type { DreamsClient } from '../../dreams-client.ts';
import type { WireDream } from '../../wire/dream.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { exitCodeOfDream, watchUntilEnd } from '../follow-dream.ts';
import { duration, newCommand, wholeNumber, withData, withExamples, withJson } from '../options.ts';
import { renderDream } from '../render/dream.ts';
import { counted } from '../render/words.ts';

interface DreamCommandOptions extends CommonOptions {
  store?: string;
  session?: string[];
  last?: number;
  all?: boolean;
  instructions?: string;
  model: string;
  protect?: string[];
  review: DreamOptions['review'];
  reviewTimeout?: number;
  onTimeout?: DreamOptions['onTimeout'];
  alias?: string;
  updateExisting?: boolean;
  wait: boolean;
}

export function dreamCommand(cli: Cli): Command {
  const command = newCommand('dream', 'Dream over sessions: write a reorganised copy of a memory store')
    .option('--store <id>', 'memory store to start from; an empty one is made without it')
    .option('--session <id...>', 'sessions to read, 1 to 100')
    .addOption(new Option('--last <count>', 'read the newest sessions').argParser(wholeNumber(1, 100)).conflicts(['session', 'all']))
    .addOption(new Option('--all', 'read every session; of more than 100 the oldest 100').conflicts(['session', 'last']))
    .option('--instructions <text>', 'what to look for, put first, keep and leave out; 1 to 4,096 characters')
    .option('--model <id>', 'who judges; "offline" is the engine without a model', 'offline')
    .option('--protect <path...>', 'paths, and folders with a trailing slash, that stay as they are')
    .addOption(
      new Option('--review <when>', 'whether a person decides before anything is written').choices(['none', 'required']).default('none'),
    )
    .option('--review-timeout <time>', 'how long a draft waits for its decision: 90s, 30m, 12h, 7d (the default)', duration)
    .addOption(
      new Option('--on-timeout <what>', 'what becomes of a draft that nobody decided in time ("reject" by default)').choices([
        'reject',
        'commit',
      ]),
    )
    .option('--alias <name>', 'start from the store that the alias names, and move it to the new one at the commit')
    .option('--update-existing', 'write into the store itself instead of a copy; "dreams undo" takes it back')
    .option('--no-wait', 'print the dream as soon as it is asked for');
  return withExamples(withJson(withData(command)), [
    'dreams dream --all',
    'dreams dream --store memstore_011CdExample --last 20 --instructions "Put commands first."',
    'dreams dream --session sesn_011CdA sesn_011CdB --no-wait --json',
    'dreams dream --all --alias prod-agent --review required --review-timeout 12h',
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
  const { store, instructions, model, updateExisting } = options;
  const sessionIds = await chooseSessions(cli, client, options);
  const { dream, started } = await client.createDream({
    sessionIds,
    model,
    ...(store === undefined ? {} : { storeId: store }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(updateExisting === true ? { outputBehavior: 'update_existing' as const } : {}),
    options: dreamOptions(options),
  });
  cli.terminal.progress(
    `The dream ${dream.id} over ${counted(sessionIds.length, 'session')} was asked for${started ? '' : '; Temporal did not answer, so a worker starts it as soon as it does'}.`,
  );
  return options.wait ? await watchUntilEnd(client, dream.id, cli.terminal, cli.interrupts.take(), { until: 'review' }) : dream;
}

/** What was said on the command line; the rest has its defaults. */
function dreamOptions({ review, reviewTimeout, onTimeout, alias, protect }: DreamCommandOptions): Partial<DreamOptions> {
  return {
    review,
    ...(reviewTimeout === undefined ? {} : { reviewTimeout }),
    ...(onTimeout === undefined ? {} : { onTimeout }),
    ...(alias === undefined ? {} : { alias }),
    ...(protect === undefined ? {} : { protect }),
  };
}

async function chooseSessions(cli: Cli, client: DreamsClient, { session, last }: DreamCommandOptions): Promise<string[]> {
  if (session !== undefined) return session;
  const { sessionIds, left } = await client.selectSessions(last === undefined ? { all: true } : { last });
  if (left > 0)
    cli.terminal.progress(
      `There are ${counted(sessionIds.length + left, 'session')}; this dream reads the oldest ${String(sessionIds.length)}, ${String(left)} ${left === 1 ? 'is' : 'are'} left for another one.`,
    );
  return sessionIds;
}

function nextStep(dream: WireDream): string {
  const output = dream.outputs[0]?.memory_store_id;
  if (dream.status === 'running' && dream.open_dreams.draft !== null)
    return `Nothing is written before you decide.\nLook at each change and decide: dreams review ${dream.id}\nAll of it to read: dreams diff ${dream.id}`;
  if (dream.status !== 'completed' || output === undefined) return `Follow it with: dreams watch ${dream.id}`;
  return `What changed and why: dreams show ${dream.id}\nThe new store as a folder: dreams export ${output} --out ./${output.slice(-8)}`;
}
