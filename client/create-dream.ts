/** Asks for a dream: the row first, then the run, so that nothing runs that nobody can see. */
import { isGrpcServiceError } from '@temporalio/client';
import { requireAlias } from '../db/aliases.ts';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import { assertNotHeld, endDream, insertDream, requireDream } from '../db/dreams.ts';
import { assertNotErased, readSessions } from '../db/sessions.ts';
import { requireStore } from '../db/stores.ts';
import { DreamsError } from '../domain/errors.ts';
import { noUsage } from '../domain/usage.ts';
import { dreamWorkflow, startDreamOptions } from '../workflows/start-dream.ts';
import type { CreateDreamInput } from './check-dream.ts';
import { checkDream } from './check-dream.ts';
import type { Context } from './context.ts';
import { insertEmptyStore } from './create-store.ts';
import type { WireDream } from './wire/dream.ts';
import { readWireDream } from './wire/dream.ts';

export type { CreateDreamInput } from './check-dream.ts';

export interface CreatedDream {
  dream: WireDream;
  /** false: Temporal went away after the row was written; the worker's sweep starts the run. */
  started: boolean;
}

const trigger = 'manual';

export async function createDream(context: Context, input: CreateDreamInput): Promise<CreatedDream> {
  const options = checkDream(input);
  const { workspaceId } = context;
  await withWorkspace(context.database, workspaceId, (tx) => readInputs(tx, input, options.alias));
  // Before anything is written: whoever forgot to start the server should not find a dream waiting for it tomorrow.
  const server = await context.temporal();
  const id = context.makeId('drm');
  const dream = await withWorkspace(context.database, workspaceId, async (tx) => {
    const storeId = await readInputs(tx, input, options.alias);
    const inputStoreId = storeId ?? (await insertEmptyStore(context, tx, 'memory')).id;
    await insertDream(
      tx,
      {
        workspaceId,
        id,
        workflowId: id,
        trigger,
        inputStoreId,
        outputBehavior: input.outputBehavior ?? 'create_new',
        model: input.model,
        instructions: input.instructions ?? null,
        options,
        usage: noUsage,
      },
      input.sessionIds,
    );
    return await readWireDream(tx, await requireDream(tx, id));
  });
  const start = startDreamOptions({
    workspaceId,
    dreamId: id,
    workflowId: id,
    storeId: dream.inputs[0].memory_store_id,
    sessions: input.sessionIds.length,
    trigger,
    taskQueue: context.taskQueue,
  });
  try {
    await server.client.workflow.start(dreamWorkflow, { ...start, args: [...start.args] });
    return { dream, started: true };
  } catch (error) {
    if (isPassing(error)) return { dream, started: false };
    await refuse(context, id);
    throw new DreamsError('temporal_unfit', `Temporal refused to start the dream ${id}; it is marked as failed.`, {
      hint: 'Run "dreams up" once with the same TEMPORAL_ADDRESS: it registers what the server must know.',
      cause: error,
    });
  }
}

/** Unavailable, deadline, too many requests: the sweep will have more luck. */
function isPassing(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) && [4, 8, 14].includes(cause.code as number);
}

async function refuse(context: Context, id: string): Promise<void> {
  const error = { type: 'internal_error' as const, message: 'The Temporal server refused to start the run.' };
  await withWorkspace(context.database, context.workspaceId, (tx) => endDream(tx, id, { status: 'failed', outcome: 'failed', error }));
}

const namedAtMost = 10;

/** Looks up what the dream is to read; answers its store, or nothing where an empty one has to be made. */
async function readInputs(tx: Transaction, input: CreateDreamInput, alias: string | null): Promise<string | undefined> {
  const storeId = alias === null ? input.storeId : await readNamed(tx, alias, input.storeId);
  if (storeId !== undefined) {
    const store = await requireStore(tx, storeId);
    if (store.archivedAt !== null)
      throw new DreamsError('store_archived', `The memory store ${storeId} is archived.`, {
        hint:
          alias === null
            ? 'Dream over a store that is not.'
            : `Move the alias to a store that is not: "dreams alias set ${alias} memstore_...".`,
      });
    if (input.outputBehavior === 'update_existing') await assertNotHeld(tx, storeId);
  }
  await assertSessions(tx, input.sessionIds);
  return storeId;
}

async function readNamed(tx: Transaction, alias: string, storeId: string | undefined): Promise<string> {
  const named = (await requireAlias(tx, alias)).storeId;
  if (storeId === undefined || storeId === named) return named;
  throw new DreamsError('invalid_input', `The alias ${alias} names the memory store ${named}, not ${storeId}.`, {
    hint: `Leave the store out, or move the alias first with "dreams alias set ${alias} ${storeId}".`,
  });
}

async function assertSessions(tx: Transaction, sessionIds: readonly string[]): Promise<void> {
  const found = await readSessions(tx, sessionIds);
  const missing = sessionIds.filter((id) => !found.has(id));
  if (missing.length > 0) {
    const more = missing.length > namedAtMost ? ` and ${String(missing.length - namedAtMost)} more` : '';
    const subject = missing.length === 1 ? 'There is no session' : 'There are no sessions';
    throw new DreamsError('session_not_found', `${subject} ${missing.slice(0, namedAtMost).join(', ')}${more} in this workspace.`, {
      hint: 'See "dreams list" for the sessions there are.',
    });
  }
  await assertNotErased(tx, sessionIds);
  const own = sessionIds.find((id) => found.get(id)?.sourceKind === 'dream');
  if (own !== undefined)
    throw new DreamsError('invalid_input', `The session ${own} is the live session of a dream; dreams read transcripts only.`, {
      hint: 'Leave it out.',
    });
}
