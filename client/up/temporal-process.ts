/** The Temporal server of `up`: the one that TEMPORAL_ADDRESS names, or one of our own through temporal-dev.sh. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, temporalVariables } from '../../config/environment.ts';
import type { TemporalSettings } from '../../config/temporal.ts';
import { localTemporalSettings } from '../../config/temporal.ts';
import { DreamsError } from '../../domain/errors.ts';
import { connectTemporal } from '../temporal-server.ts';
import type { Child } from './child.ts';
import { endChild, killChild, spawnChild, tailOf } from './child.ts';
import { packageFolder } from './entry-point.ts';
import { choosePort, isFree } from './ports.ts';
import type { StartOptions } from './start-services.ts';

export interface TemporalService {
  settings: TemporalSettings;
  ui: string | null;
  /** null for a server that ran already. */
  child: Child | null;
}

const usualPort = 7233;
const usualUiPort = 8233;
const readyWithinMs = 60_000;
const attempts = 3;

export async function useTemporal(settings: TemporalSettings): Promise<TemporalService> {
  await (await connectTemporal(settings, { register: true })).close();
  return { settings, ui: null, child: null };
}

export async function startTemporal(options: StartOptions, onSpawn: (child: Child) => void): Promise<TemporalService> {
  // Getting the server may take minutes the first time; the script says what it does.
  await getServer(options, onSpawn);
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(usualPort);
    const uiPort = await choosePort(usualUiPort, [port]);
    const service = await launch(options, port, uiPort, onSpawn);
    if (service !== 'port taken') return service;
    if (attempt === attempts)
      throw new DreamsError(
        'temporal_unreachable',
        `The ports ${String(port)} and ${String(uiPort)} were taken by others each time the Temporal server started.`,
        { hint: 'Try again.' },
      );
  }
}

const script = (): string => join(packageFolder(), 'temporal-dev.sh');
const environment = () => childEnvironment({ TEMPORAL_ADDRESS: undefined });

async function getServer({ progress, signal }: StartOptions, onSpawn: (child: Child) => void): Promise<void> {
  const said: string[] = [];
  const child = spawnChild('bash', [script(), 'path'], {
    env: environment(),
    onLine: (line) => {
      said.push(line);
      progress(line);
    },
  });
  onSpawn(child);
  const abort = (): void => void endChild(child, { name: 'SIGTERM', patienceMs: 5_000 });
  signal.addEventListener('abort', abort, { once: true });
  const how = await child.ended;
  signal.removeEventListener('abort', abort);
  signal.throwIfAborted();
  if (how !== 'exit code 0')
    throw new DreamsError('temporal_unreachable', `There is no Temporal server to start: ${said.at(-1) ?? how}`, {
      hint: 'Set TEMPORAL_CLI to a temporal binary, or TEMPORAL_ADDRESS to a server that runs.',
    });
}

async function launch(
  { dataFolder, namespace, progress, signal }: StartOptions,
  port: number,
  uiPort: number,
  onSpawn: (child: Child) => void,
): Promise<TemporalService | 'port taken'> {
  const said: string[] = [];
  const output: string[] = [];
  const args = ['start', '--foreground', '--data', dataFolder, '--port', String(port), '--ui-port', String(uiPort)];
  const child = spawnChild('bash', [script(), ...args], {
    env: environment(),
    onLine: (line) => {
      said.push(line);
      progress(line);
    },
    onOutput: (line) => output.push(line),
  });
  onSpawn(child);
  const settings = localTemporalSettings(`127.0.0.1:${String(port)}`, namespace);
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    if (signal.aborted) {
      await endChild(child, { name: 'SIGTERM', patienceMs: 10_000 });
      signal.throwIfAborted();
    }
    if (child.hasEnded()) return await explainEnd(child, dataFolder, said, output, namespace, [port, uiPort]);
    const answer = await tryToConnect(settings);
    if (answer === undefined) return { settings, ui: `http://127.0.0.1:${String(uiPort)}`, child };
    if (Date.now() > deadline) {
      killChild(child);
      throw answer;
    }
    await sleep(100);
  }
}

/** The error while it does not answer. */
async function tryToConnect(settings: TemporalSettings): Promise<unknown> {
  try {
    await (await connectTemporal(settings, { register: true, withinMs: 1_000 })).close();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** A server of this folder that somebody started by hand is used and not ours to stop; a port that was taken meanwhile is another try. */
async function explainEnd(
  child: Child,
  dataFolder: string,
  said: readonly string[],
  output: readonly string[],
  namespace: string,
  ports: readonly number[],
): Promise<TemporalService | 'port taken'> {
  const how = await child.ended;
  if (how === 'exit code 0') {
    const { address, ui } = JSON.parse(output.at(-1) ?? '{}') as { address: string; ui: string };
    const service = await useTemporal(localTemporalSettings(address, namespace));
    return { ...service, ui };
  }
  for (const port of ports) if (!(await isFree(port))) return 'port taken';
  const log = tailOf(join(dataFolder, 'temporal', 'server.log'));
  throw new DreamsError('temporal_unreachable', `The Temporal server ended as it started (${how}): ${said.at(-1) ?? ''} ${log}`.trim(), {
    hint: `Its log is ${join(dataFolder, 'temporal', 'server.log')}.`,
  });
}

/** The variables of a process that is to meet this server. A server of ours has no key, whatever the user's profile says. */
export function temporalEnvironment({ address, namespace }: TemporalSettings, own: boolean): Record<string, string | undefined> {
  if (!own) return {};
  const others = Object.fromEntries(temporalVariables().map((name) => [name, undefined]));
  // A file that is not there is no profile; an empty one is an error.
  return {
    ...others,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_CONFIG_FILE: join(packageFolder(), 'no-temporal-profile.toml'),
  };
}
