/** A person's word about a draft: checked here for a clear answer, taken by the run, which has the last word. */
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { withWorkspace } from '../db/database.ts';
import { readChanges } from '../db/drafts.ts';
import type { Decision, DecisionRequest } from '../domain/decision.ts';
import { DreamsError } from '../domain/errors.ts';
import { decideUpdate, progressQuery } from '../workflows/messages.ts';
import { checkAuthor } from './author.ts';
import type { DecideInput } from './check-decision.ts';
import { assertDecisionForm, assertKnownChanges, chooseDigest, requireWaiting } from './check-decision.ts';
import type { Context } from './context.ts';
import { readDraftState } from './draft-state.ts';
import type { TemporalServer } from './temporal-server.ts';

export type { DecideInput } from './check-decision.ts';

/** A worker that is there answers within a second; one that has to replay a long run needs a little more. */
const answerWithinMs = 20_000;
/** The row of a draft that begins or ceases to wait is written a moment before the run knows it. */
const askAgainAfterMs = 200;
const askAgainWithinMs = 3_000;

export async function decideDream(context: Context, id: string, asked: DecideInput): Promise<Decision> {
  assertDecisionForm(asked);
  const { by, note } = checkAuthor(asked);
  const input = { ...asked, by, note };
  let { workflowId, request } = await check(context, id, input);
  const server = await context.temporal();
  const until = Date.now() + answerWithinMs;
  await assertAnswered(server, workflowId, id, until);
  const askUntil = Date.now() + askAgainWithinMs;
  for (;;) {
    try {
      return await server.connection.withDeadline(until, () =>
        server.client.workflow.getHandle(workflowId).executeUpdate(decideUpdate, { args: [request] }),
      );
    } catch (error) {
      if (isSilence(error)) throw unanswered(id, error);
      if (!(error instanceof WorkflowUpdateFailedError) && !(error instanceof WorkflowNotFoundError)) throw error;
      if (error.cause instanceof ApplicationFailure && error.cause.type === 'invalid_input')
        throw new DreamsError('invalid_input', error.cause.message, { cause: error });
      // Refused: the rows say why, or that the run was asked a moment too early.
      await sleep(askAgainAfterMs);
      ({ workflowId, request } = await check(context, id, input));
      if (Date.now() > askUntil) throw refused(id, error);
    }
  }
}

/** The request as the run takes it; throws what stands in its way. */
async function check(
  context: Context,
  id: string,
  input: Omit<DecideInput, 'note'> & { note: string | null },
): Promise<{ workflowId: string; request: DecisionRequest }> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const state = await readDraftState(tx, id);
    const draft = requireWaiting(state, input.digest);
    const digest = chooseDigest(state, draft, input.digest);
    const exclude = [...new Set(input.exclude ?? [])];
    if (exclude.length > 0) assertKnownChanges(id, exclude, await readChanges(tx, draft.id));
    const { verdict, by, note } = input;
    return {
      workflowId: state.dream.workflowId,
      request: { digest, verdict, by, ...(exclude.length === 0 ? {} : { exclude }), ...(note === null ? {} : { note }) },
    };
  });
}

/** A query leaves nothing behind, while an update that nobody took would wait in the server for whichever worker comes. */
async function assertAnswered({ client, connection }: TemporalServer, workflowId: string, id: string, until: number): Promise<void> {
  try {
    await connection.withDeadline(until, () => client.workflow.getHandle(workflowId).query(progressQuery));
  } catch (cause) {
    if (cause instanceof WorkflowNotFoundError)
      throw new DreamsError('temporal_unfit', `The Temporal server knows no run of the dream ${id}; nothing was decided.`, {
        hint: 'Set TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE to the server that it was started on.',
        cause,
      });
    throw new DreamsError('temporal_unreachable', `No worker took the decision about the dream ${id}; nothing was decided.`, {
      hint: 'Start one with "dreams up" or "dreams worker", and decide again.',
      cause,
    });
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof ServiceError || isGrpcServiceError(error);
}

function unanswered(id: string, cause: unknown): DreamsError {
  const seconds = String(answerWithinMs / 1000);
  return new DreamsError(
    'temporal_unreachable',
    `No answer came within ${seconds} seconds, so it is open whether the decision about the dream ${id} was taken.`,
    { hint: `See "dreams diff ${id}" for what was decided before you decide again.`, cause },
  );
}

function refused(id: string, error: Error): DreamsError {
  const said = error.cause instanceof Error ? ` ${error.cause.message}` : '';
  return new DreamsError('draft_changed', `The run of the dream ${id} did not take the decision.${said}`, {
    hint: `Look again: "dreams diff ${id}".`,
    cause: error,
  });
}
