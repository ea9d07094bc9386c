/** The facade: everything that a CLI, a page or a script does with dreams. One file a verb; this one ties them to their connections. */
import { randomBytes } from 'node:crypto';
import type { TemporalSettings } from '../config/temporal.ts';
import { openDatabase } from '../db/database.ts';
import { assertDatabaseFits, assertWorkspace } from '../db/fitness.ts';
import { DreamsError } from '../domain/errors.ts';
import { makeId } from '../domain/ids.ts';
import type { SourceFile } from '../sources/source.ts';
import { archiveStore } from './archive-store.ts';
import { blame } from './blame.ts';
import { cancelDream } from './cancel-dream.ts';
import type { Context } from './context.ts';
import type { CreateDreamInput } from './create-dream.ts';
import { createDream } from './create-dream.ts';
import { createStore } from './create-store.ts';
import type { Author } from './author.ts';
import type { StoreEdit } from './edit-store.ts';
import { editStore } from './edit-store.ts';
import type { DecideInput } from './decide-dream.ts';
import { decideDream } from './decide-dream.ts';
import { diffDream } from './diff-dream.ts';
import type { EraseOptions } from './erase-session.ts';
import { eraseSession } from './erase-session.ts';
import { explainLine } from './explain-line.ts';
import { exportStore } from './export-store.ts';
import { exportNeutral } from './export-neutral.ts';
import { getDream } from './get-dream.ts';
import type { ImportOptions } from './import-sources.ts';
import { importSources } from './import-sources.ts';
import { listAliases } from './list-aliases.ts';
import { listDreams, listSessions, listStores } from './lists.ts';
import { promote } from './promote.ts';
import { resolveStore } from './resolve-store.ts';
import type { ReplayRequest } from './replay-dreams.ts';
import { countHistories, replayDreams } from './replay-dreams.ts';
import { rollback } from './rollback.ts';
import { setAlias } from './set-alias.ts';
import { showAlias } from './show-alias.ts';
import { reviewDream } from './review-dream.ts';
import { readLog } from './read-log.ts';
import { selectSessions } from './select-sessions.ts';
import type { SessionSelection } from './select-sessions.ts';
import { sessionEffects } from './session-effects.ts';
import { showDream } from './show-dream.ts';
import { showMemory } from './show-memory.ts';
import { showSession } from './show-session.ts';
import { showStore } from './show-store.ts';
import type { TemporalServer } from './temporal-server.ts';
import { connectTemporal } from './temporal-server.ts';
import { undoOperation } from './undo-operation.ts';
import { watchDream } from './watch-dream.ts';

export interface DreamsClientOptions {
  databaseUrl: string;
  /** Absent: what needs no Temporal still works, and the rest says so. */
  temporal?: TemporalSettings | undefined;
  workspaceId: string;
  taskQueue: string;
}

export type DreamsClient = Awaited<ReturnType<typeof openDreamsClient>>;

export async function openDreamsClient(options: DreamsClientOptions) {
  const database = openDatabase(options.databaseUrl);
  try {
    await assertDatabaseFits(database);
    await assertWorkspace(database, options.workspaceId);
  } catch (error) {
    await database.close();
    throw error;
  }
  let server: Promise<TemporalServer> | undefined;
  const context: Context = {
    database,
    workspaceId: options.workspaceId,
    taskQueue: options.taskQueue,
    temporal: () => {
      if (options.temporal === undefined)
        throw new DreamsError('temporal_unreachable', 'No Temporal server is known.', {
          hint: 'Start "dreams up", or set TEMPORAL_ADDRESS to a server that runs.',
        });
      // A server that was not there may be there at the next call.
      server ??= connectTemporal(options.temporal).catch((error: unknown) => {
        server = undefined;
        throw error;
      });
      return server;
    },
    makeId: (prefix) => makeId(prefix, Date.now(), randomBytes(16)),
  };
  return {
    importSources: (files: SourceFile[], importOptions: ImportOptions = {}) => importSources(context, files, importOptions),
    createStore: (name: string) => createStore(context, name),
    createDream: (input: CreateDreamInput) => createDream(context, input),
    selectSessions: (selection: SessionSelection) => selectSessions(context, selection),
    getDream: (id: string) => getDream(context, id),
    watchDream: (id: string, watchOptions: { signal?: AbortSignal } = {}) => watchDream(context, id, watchOptions),
    cancelDream: (id: string, by: string) => cancelDream(context, id, by),
    decideDream: (id: string, decision: DecideInput) => decideDream(context, id, decision),
    diffDream: (id: string) => diffDream(context, id),
    reviewDream: (id: string) => reviewDream(context, id),
    listDreams: (limit?: number) => listDreams(context, limit),
    listStores: (limit?: number) => listStores(context, limit),
    listSessions: (limit?: number) => listSessions(context, limit),
    showDream: (id: string) => showDream(context, id),
    showStore: (id: string) => showStore(context, id),
    showMemory: (id: string) => showMemory(context, id),
    showSession: (id: string) => showSession(context, id),
    sessionEffects: (id: string) => sessionEffects(context, id),
    explainLine: (place: { storeId: string; path: string; line: number } | { memoryId: string; line: number }) =>
      explainLine(context, place),
    editStore: (storeId: string, edits: readonly StoreEdit[], author: Author) => editStore(context, storeId, edits, author),
    archiveStore: (id: string) => archiveStore(context, id),
    resolveStore: (idOrAlias: string) => resolveStore(context, idOrAlias),
    setAlias: (name: string, storeId: string, author: Author) => setAlias(context, name, storeId, author),
    showAlias: (name: string) => showAlias(context, name),
    listAliases: () => listAliases(context),
    promote: (storeOrDream: string, name: string, author: Author) => promote(context, storeOrDream, name, author),
    rollback: (name: string, author: Author) => rollback(context, name, author),
    readLog: (storeId: string) => readLog(context, storeId),
    blame: (storeId: string, path: string) => blame(context, storeId, path),
    undoOperation: (id: string, author: Author) => undoOperation(context, id, author),
    eraseSession: (id: string, eraseOptions: EraseOptions) => eraseSession(context, id, eraseOptions),
    replayDreams: (request: ReplayRequest) => replayDreams(context, request),
    countHistories: () => countHistories(context),
    exportStore: (id: string) => exportStore(context, id),
    exportNeutral: (id: string) => exportNeutral(context, id),
    close: async () => {
      await database.close();
      await (await server?.catch(() => undefined))?.close();
    },
  };
}
