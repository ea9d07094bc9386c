/** What every command works with. */
import type { Environment } from '../../config/environment.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { DreamsClient } from '../dreams-client.ts';
import { openDreamsClient } from '../dreams-client.ts';
import type { Servers } from '../up/find-servers.ts';
import { findServers } from '../up/find-servers.ts';
import type { Interrupts } from './interrupts.ts';
import type { Terminal } from './terminal.ts';

export interface Cli {
  terminal: Terminal;
  interrupts: Interrupts;
  /** Read on use, so that --help works whatever the environment holds. */
  environment: () => Environment;
  /** The command ends with this; a failure has its own. */
  exitCode: number;
}

export interface CommonOptions {
  data?: string;
  json?: boolean;
}

export function createCli(terminal: Terminal, interrupts: Interrupts): Cli {
  let environment: Environment | undefined;
  return { terminal, interrupts, environment: () => (environment ??= readEnvironment()), exitCode: 0 };
}

/** Opens the facade on the servers that the options or the environment name, and closes it however the work ends. */
export async function withClient<T>(
  cli: Cli,
  { data }: CommonOptions,
  work: (client: DreamsClient, servers: Servers) => Promise<T>,
): Promise<T> {
  const environment = cli.environment();
  return await withServers(environment, findServers(environment, data), work);
}

export async function withServers<T>(
  { workspaceId, taskQueue }: Environment,
  servers: Servers,
  work: (client: DreamsClient, servers: Servers) => Promise<T>,
): Promise<T> {
  const client = await openDreamsClient({ databaseUrl: servers.databaseUrl, temporal: servers.temporal, workspaceId, taskQueue });
  try {
    return await work(client, servers);
  } finally {
    await client.close();
  }
}
