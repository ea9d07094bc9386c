/** The database of `up`: the one that DATABASE_URL names, or the embedded PostgreSQL. */
import { openDatabase } from '../../db/database.ts';
import type { EmbeddedServer } from '../../db/embedded/server.ts';
import { startEmbeddedServer } from '../../db/embedded/server.ts';
import { assertDatabaseFits } from '../../db/fitness.ts';
import { choosePort, isFree } from './ports.ts';
import { isAlive, signal } from './processes.ts';

export interface DatabaseService {
  url: string;
  /** null for a server that ran already. */
  server: EmbeddedServer | null;
}

/** Away from 5432, which belongs to whatever PostgreSQL the user's own projects run. */
const usualPort = 15_432;
const attempts = 3;

export async function useDatabase(url: string): Promise<DatabaseService> {
  const database = openDatabase(url, { max: 1 });
  try {
    await assertDatabaseFits(database);
  } finally {
    await database.close();
  }
  return { url, server: null };
}

export async function startDatabase(dataFolder: string, workspaceId: string): Promise<DatabaseService> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(usualPort);
    try {
      const server = await startEmbeddedServer({ dataFolder, port, workspaceId });
      return { url: server.url, server };
    } catch (error) {
      // Somebody may have taken the port between the look and the start.
      if (attempt === attempts || (await isFree(port))) throw error;
    }
  }
}

/** SIGQUIT is PostgreSQL's "immediate": it recovers at its next start. */
export function killDatabase({ server }: DatabaseService): void {
  if (server !== null && isAlive(server.pid)) signal(server.pid, 'SIGQUIT');
}
