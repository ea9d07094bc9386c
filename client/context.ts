/** What every verb of the facade works with. */
import type { Database } from '../db/database.ts';
import type { TemporalServer } from './temporal-server.ts';

export interface Context {
  database: Database;
  workspaceId: string;
  taskQueue: string;
  /** Connects on first use: most verbs need the database alone. */
  temporal: () => Promise<TemporalServer>;
  makeId: (prefix: 'drm' | 'memstore' | 'mem' | 'memver' | 'sesn' | 'sevt' | 'op') => string;
}
