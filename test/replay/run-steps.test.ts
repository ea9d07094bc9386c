import { expect, it } from 'vitest';
import { inputOf, stepsOf } from '../../client/replay/run-steps.ts';
import type { History } from '../../db/history/bytes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const payloads = (encoding: string, data: Uint8Array) => ({ payloads: [{ metadata: { encoding: bytes(encoding) }, data }] });

const answered = (input: unknown, result: unknown): History =>
  ({
    events: [
      { eventId: 1, workflowExecutionStartedEventAttributes: { input } },
      { eventId: 2, activityTaskScheduledEventAttributes: { activityType: { name: 'stageDraft' }, input } },
      { eventId: 3, activityTaskCompletedEventAttributes: { scheduledEventId: 2, result } },
    ],
  }) as unknown as History;

const input = { workspaceId: 'default', dreamId: 'drm_1' };

it('reads what steps were given and answered', () => {
  const history = answered(payloads('json/plain', bytes(JSON.stringify(input))), payloads('json/plain', bytes('{"draftId":"drft_1"}')));
  expect(inputOf(history)).toEqual(input);
  expect(stepsOf(history)).toEqual([{ eventId: '2', name: 'stageDraft', given: input, answer: { draftId: 'drft_1' } }]);
});

it.each([
  ['bytes', payloads('binary/plain', Uint8Array.of(0, 1, 2))],
  ['what somebody encrypted', payloads('binary/encrypted', bytes('{"dreamId":"drm_1"}'))],
  ['broken JSON', payloads('json/plain', bytes('{"dreamId":'))],
  ['a list', payloads('json/plain', bytes('[1]'))],
  ['nothing with a name for it', payloads('binary/null', new Uint8Array())],
  ['nothing', null],
])('takes %s for no object, since runs of others can be replayed too', (_name, other) => {
  const history = answered(other, other);
  expect(inputOf(history)).toBeNull();
  expect(stepsOf(history)).toEqual([{ eventId: '2', name: 'stageDraft', given: {}, answer: null }]);
});
