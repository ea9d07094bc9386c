import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import { startUp } from '../../up/run-up.ts';
import type { Services } from '../../up/start-services.ts';
import type { UpAddresses } from '../../up/up-file.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';

export function upCommand(cli: Cli): Command {
  const command = newCommand(
    'up',
    'Start what is missing (Temporal server, PostgreSQL, worker) and keep it running until Ctrl-C',
  ).addHelpText(
    'after',
    '\nWhen all is ready it prints one line of JSON with the addresses and process ids.\nTEMPORAL_ADDRESS and DATABASE_URL name servers that run already; those are used and not started.',
  );
  return withExamples(withJson(withData(command)), ['dreams up', 'dreams up --data ./try --json']).action(
    async (options: CommonOptions) => {
      const environment = cli.environment();
      const dataFolder = options.data ?? environment.dataFolder;
      const signal = cli.interrupts.take();
      const say = (line: string): void => cli.terminal.progress(line);
      const up = await startUp({ environment, dataFolder, progress: say, signal });
      cli.terminal.json(withoutSecret(up.kind === 'runs' ? up.addresses : up.services.addresses, environment.databaseUrl));
      if (up.kind === 'runs')
        say(
          `"dreams up" runs already for ${dataFolder} (process ${String(up.pid)}): Temporal ${up.addresses.temporal}, Web UI ${up.addresses.ui ?? 'unknown'}.`,
        );
      else await keepRunning(cli, up.services, dataFolder, signal);
    },
  );
}

/** The password of a database that is not ours belongs in no log. */
function withoutSecret(addresses: UpAddresses, given: string | undefined): UpAddresses {
  if (given === undefined || addresses.database !== given) return addresses;
  const url = new URL(given);
  if (url.password !== '') url.password = '***';
  return { ...addresses, database: url.href };
}

async function keepRunning(cli: Cli, services: Services, dataFolder: string, signal: AbortSignal): Promise<void> {
  const say = (line: string): void => cli.terminal.progress(line);
  cli.interrupts.onInsist(() => {
    say('Stopping at once');
    services.kill();
  });
  say(
    `Ready: Temporal ${services.addresses.temporal}, Web UI ${services.addresses.ui ?? 'unknown'}, data in ${dataFolder}. Ctrl-C stops it.`,
  );
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const broken = await Promise.race([aborted, services.broken]);
  say(broken === undefined ? 'Stopping' : `${broken} Stopping the rest`);
  await services.stop();
  say('Stopped');
  if (broken !== undefined) throw new DreamsError('internal_error', broken, { hint: 'Start "dreams up" again.' });
}
