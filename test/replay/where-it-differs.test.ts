import { expect, it } from 'vitest';
import { whereItDiffers } from '../../client/replay/where-it-differs.ts';
import type { History } from '../../db/history/bytes.ts';

const step = (eventId: number, name: string) => ({ eventId, activityTaskScheduledEventAttributes: { activityType: { name } } });

const history = {
  events: [
    { eventId: 1, workflowExecutionStartedEventAttributes: {} },
    step(20, 'planWindows'),
    step(27, 'extractFacts'),
    step(28, 'extractFacts'),
    { eventId: 56, upsertWorkflowSearchAttributesEventAttributes: {} },
    step(57, 'minePatterns'),
    { eventId: 114, workflowExecutionCompletedEventAttributes: {} },
  ],
} as unknown as History;

/** As the SDK 1.24.0 puts it. */
function violation(detail: string): string {
  return `Replay failed with a nondeterminism error. This means that the workflow code as written is not compatible with the history that was fed in. Details: Workflow activation completion failed: Failure { failure: Some(Failure { message: "[TMPRL1100] Nondeterminism error: ${detail}", source: "", stack_trace: "", encoded_attributes: None, cause: None, failure_info: None }), force_cause: NonDeterministicError }`;
}

it.each([
  [
    `Activity type of scheduled event 'planWindows' does not match activity type of activity command 'groupClaims'`,
    '20',
    'at event 20 the history has the step planWindows, where today’s code asks for the step groupClaims',
  ],
  [
    `Activity type of scheduled event 'extractFacts' does not match activity type of activity command 'groupClaims'`,
    null,
    'at one of the events 27, 28 the history has the step extractFacts, where today’s code asks for the step groupClaims',
  ],
  [
    'Timer machine does not handle this event: HistoryEvent(id: 20, ActivityTaskScheduled)',
    '20',
    'at event 20 the history has the step planWindows, where today’s code starts a timer instead',
  ],
  [
    'UpsertWorkflowSearchAttributesMachine does not handle HistoryEvent(id: 57, ActivityTaskScheduled)',
    '57',
    'at event 57 the history has the step minePatterns, where today’s code sets search attributes instead',
  ],
  [
    'Activity machine does not handle this event: HistoryEvent(id: 56, UpsertWorkflowSearchAttributes)',
    '56',
    'at event 56 the history has search attributes set, where today’s code asks for another step instead',
  ],
  [
    'Complete workflow machine does not handle this event: HistoryEvent(id: 57, ActivityTaskScheduled)',
    '57',
    'at event 57 the history has the step minePatterns, where today’s code ends the run instead',
  ],
  [
    'No command scheduled for event HistoryEvent(id: 114, WorkflowExecutionCompleted)',
    '114',
    'at event 114 the history has the end of the run, where today’s code asked for nothing there',
  ],
  [
    'Change machine cannot handle this event: HistoryEvent(id: 57, ActivityTaskScheduled)',
    '57',
    'at event 57 the history has the step minePatterns, where today’s code asks for a patch instead',
  ],
  ['Something that no version of ours knows', null, 'today’s code decides otherwise: Something that no version of ours knows'],
])('says in words: %s', (detail, eventId, said) => {
  expect(whereItDiffers(history, violation(detail), 'today’s code')).toEqual({ eventId, said });
});
