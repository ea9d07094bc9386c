/** Finished dreams with archived histories, for the tests of `dreams replay`. */
import postgres from 'postgres';
import { inject, onTestFinished } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import type { Reach } from '../../activities/effect.ts';
import { createLog } from '../../config/log.ts';
import { Archiver } from '../../workers/archiver.ts';
import { loadBundle } from '../../workers/load-bundle.ts';
import { dream } from '../client/erase-support.ts';
import type { Facade } from '../client/support.ts';
import { facadeWithWorker } from '../client/support.ts';
import { seedSession, seedStore, user } from '../support/seeds.ts';
import { useEnvironment } from './calls.ts';

export interface Replayable extends Facade {
  temporal: Client;
  taskQueue: string;
  /** Commits a dream and answers its id. */
  dreamOnce(): Promise<string>;
  /** As a worker that runs this code would; by default the one that ran the dreams. */
  archive(parts?: { reach?: Reach; code?: string }): Promise<string[]>;
  /** As the owner of the tables, which may do what the application may not. */
  damage(statement: string): Promise<unknown[]>;
}

export async function replayable(): Promise<Replayable> {
  const used = await facadeWithWorker();
  useEnvironment({ DATABASE_URL: used.url, TEMPORAL_ADDRESS: inject('temporalAddress'), OPEN_DREAMS_TASK_QUEUE: used.taskQueue });
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  onTestFinished(() => connection.close());
  const temporal = new Client({ connection, namespace: 'default' });
  return {
    ...used,
    temporal,
    dreamOnce: async () => {
      const storeId = await seedStore(used.database, { '/dev.md': '# Development\n\n- The API listens on port 3000.\n' });
      const sessionId = await seedSession(used.database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now, not 3000.')]);
      const { dreamId } = await dream(used.client, storeId, [sessionId]);
      await temporal.workflow.getHandle(dreamId).result();
      return dreamId;
    },
    archive: async ({ reach, code } = {}) => {
      const bundle = await loadBundle(code === undefined ? { codePath: inject('bundlePath') } : { code });
      return await new Archiver({ database: used.database, client: temporal, bundle, log: createLog('silent'), reach }).pass();
    },
    damage: async (statement) => {
      const admin = postgres(used.adminUrl, { max: 1 });
      const rows = await admin.unsafe(statement);
      await admin.end();
      return [...rows];
    },
  };
}
