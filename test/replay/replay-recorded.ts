import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { RecordedHistory } from '../histories/read.ts';
import { quietRuntime, silentCore } from '../support/quiet-runtime.ts';

export interface Replay {
  /** The workflow type of the bundle that replays it. */
  workflow: string;
  recorded: RecordedHistory;
}

/** What the SDK says where the code decides otherwise, by `workflow name`; null where it decides as it did. */
export async function replayRecorded(bundle: { code: string }, replays: readonly Replay[]): Promise<Map<string, string | null>> {
  quietRuntime(undefined, silentCore);
  const verdicts = new Map<string, string | null>();
  const given = replays.map(({ workflow, recorded }) => ({
    workflowId: `${workflow} ${recorded.name}`,
    history: ofType(recorded.history, workflow),
  }));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle }, given)) {
    if (error !== undefined && !(error instanceof DeterminismViolationError)) throw error;
    verdicts.set(workflowId, error?.message ?? null);
  }
  return verdicts;
}

/** Another workflow type is asked to replay it; nothing else of the history changes. */
function ofType({ events }: RecordedHistory['history'], name: string): RecordedHistory['history'] {
  const started = 'workflowExecutionStartedEventAttributes';
  return {
    events: events.map((event) =>
      started in event ? { ...event, [started]: { ...(event[started] as object), workflowType: { name } } } : event,
    ),
  };
}
