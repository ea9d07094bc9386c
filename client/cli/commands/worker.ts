import { spawn } from 'node:child_process';
import { execPath } from 'node:process';
import type { Command } from 'commander';
import { childEnvironment } from '../../../config/environment.ts';
import { DreamsError } from '../../../domain/errors.ts';
import { nodeArguments } from '../../up/entry-point.ts';
import { findServers } from '../../up/find-servers.ts';
import { temporalEnvironment } from '../../up/temporal-process.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { newCommand, withData, withExamples } from '../options.ts';

export function workerCommand(cli: Cli): Command {
  const command = newCommand('worker', 'Run one more worker until it is stopped');
  return withExamples(withData(command), [
    'dreams worker',
    'TEMPORAL_ADDRESS=temporal:7233 DATABASE_URL=postgres://dreams:secret@db/dreams dreams worker',
  ]).action(async (options: CommonOptions) => {
    const { databaseUrl, temporal, ownTemporal } = findServers(cli.environment(), options.data);
    if (temporal === undefined)
      throw new DreamsError('temporal_unreachable', 'No Temporal server is known.', {
        hint: 'Start "dreams up", or set TEMPORAL_ADDRESS to a server that runs.',
      });
    const env = childEnvironment({
      DATABASE_URL: databaseUrl,
      DATABASE_ADMIN_URL: undefined,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ...temporalEnvironment(temporal, ownTemporal),
    });
    const child = spawn(execPath, nodeArguments('workers/main'), { env, stdio: 'inherit', detached: true });
    const signal = cli.interrupts.take();
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    cli.interrupts.onInsist(() => child.kill('SIGKILL'));
    cli.exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, name) => resolve(code ?? (name === 'SIGTERM' ? exitCodes.terminated : exitCodes.failed)));
    });
  });
}
