/** Which servers a command talks to: those of a running `up`, or those of the environment. */
import type { Environment } from '../../config/environment.ts';
import type { TemporalSettings } from '../../config/temporal.ts';
import { localTemporalSettings, temporalConnection } from '../../config/temporal.ts';
import { DreamsError } from '../../domain/errors.ts';
import type { UpFile } from './up-file.ts';
import { holderOf, readUpFile } from './up-file.ts';

export interface Servers {
  databaseUrl: string;
  /** undefined where none is known; many commands need none. */
  temporal: TemporalSettings | undefined;
  ui: string | null;
  /** The Temporal server was started by `up`: nothing but its address is needed to reach it. */
  ownTemporal: boolean;
}

/** `dataFolder` is what --data named. It comes before the variables, which come before the default folder. */
export function findServers(environment: Environment, dataFolder: string | undefined): Servers {
  const folder = dataFolder ?? environment.dataFolder;
  const up = readUpFile(folder);
  if (dataFolder !== undefined) {
    if (up !== undefined) return ofUp(up);
    throw notReady(dataFolder) ?? nothingFound(`Nothing runs for the data folder ${dataFolder}.`, dataFolder);
  }
  const databaseUrl = environment.databaseUrl ?? up?.database;
  if (databaseUrl === undefined) throw notReady(folder) ?? nothingFound('No database is known.', undefined);
  const temporal = environment.temporal.address !== undefined ? temporalConnection() : up === undefined ? undefined : ofUp(up).temporal;
  const isForeign = environment.temporal.address !== undefined;
  return { databaseUrl, temporal, ui: isForeign ? null : (up?.ui ?? null), ownTemporal: !isForeign && up?.ownTemporal === true };
}

/** Whether `findServers` would find a database: for what can do without one, and says so. */
export function isAnyServerKnown(environment: Environment, dataFolder: string | undefined): boolean {
  return dataFolder !== undefined || environment.databaseUrl !== undefined || readUpFile(environment.dataFolder) !== undefined;
}

function ofUp(up: UpFile): Servers {
  return {
    databaseUrl: up.database,
    temporal: up.ownTemporal ? localTemporalSettings(up.temporal, up.namespace) : foreign(up),
    ui: up.ui,
    ownTemporal: up.ownTemporal,
  };
}

function foreign({ temporal: address, namespace }: UpFile): TemporalSettings {
  const { connectionOptions } = temporalConnection();
  return { address, namespace, connectionOptions: { ...connectionOptions, address } };
}

function notReady(dataFolder: string): DreamsError | undefined {
  const pid = holderOf(dataFolder);
  if (pid === undefined) return undefined;
  return new DreamsError('database_unreachable', `The "dreams up" for ${dataFolder} (process ${String(pid)}) is not ready yet.`, {
    hint: 'Try again when it has printed its addresses.',
  });
}

function nothingFound(sentence: string, dataFolder: string | undefined): DreamsError {
  const up = dataFolder === undefined ? 'dreams up' : `dreams up --data ${dataFolder}`;
  return new DreamsError('database_unreachable', sentence, {
    hint: `Start "${up}" in another terminal, or set DATABASE_URL and TEMPORAL_ADDRESS.`,
  });
}
