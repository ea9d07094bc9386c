import { expect, it } from 'vitest';
import { decodeHistory, encodeHistory, packHistory, unpackHistory } from '../../db/history/bytes.ts';
import type { History } from '../../db/history/bytes.ts';
import { summarizeRun } from '../../db/history/summary.ts';
import { changeHistoryTexts, textsOfHistory } from '../../db/history/texts.ts';

const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const payload = (value: unknown) => ({ metadata: { encoding: encode('json/plain') }, data: encode(value) });

/** One of each kind of place in which somebody may have put words. */
const words = 'He said "mind the gap",\nand meant it — every time.';
const history = decodeHistory(
  encodeHistory({
    events: [
      {
        eventId: 1 as never,
        workflowExecutionStartedEventAttributes: { workflowType: { name: 'dream' }, originalExecutionRunId: 'run-1', workflowId: 'drm_1' },
        userMetadata: { summary: payload(words) },
      },
      {
        eventId: 2 as never,
        workflowExecutionSignaledEventAttributes: { signalName: 'x', input: { payloads: [payload({ note: [words] })] } },
      },
      { eventId: 3 as never, workflowExecutionSignaledEventAttributes: { input: { payloads: [payload({ [words]: 1 })] } } },
      { eventId: 4 as never, workflowExecutionSignaledEventAttributes: { input: { payloads: [{ data: encode(`no JSON: ${words}`) }] } } },
      { eventId: 5 as never, workflowExecutionCancelRequestedEventAttributes: { cause: words } },
      { eventId: 6 as never, activityTaskFailedEventAttributes: { failure: { message: words, cause: { stackTrace: words } } } },
      { eventId: 7 as never, workflowExecutionTerminatedEventAttributes: { reason: words, details: { payloads: [payload(words)] } } },
    ],
  }),
);

it('finds and changes words wherever they stand, however JSON wrote them', () => {
  const found = textsOfHistory(history).filter((text) => text.includes(words));
  expect(found).toHaveLength(9);
  const changed = changeHistoryTexts(history, (text) => (text.includes(words) ? '[gone]' : text)) as History;
  expect(textsOfHistory(changed).filter((text) => text === '[gone]')).toHaveLength(9);
  for (const piece of ['mind the gap', 'meant it', 'every time'])
    expect(new TextDecoder().decode(encodeHistory(changed))).not.toContain(piece);
  // The given one is as it was, and all else of the other.
  expect(textsOfHistory(history).filter((text) => text.includes(words))).toHaveLength(9);
  expect(changed.events).toHaveLength(7);
  expect(changed.events?.[1]?.workflowExecutionSignaledEventAttributes?.signalName).toBe('x');
});

it('answers nothing where nothing changes, and packs to the same bytes again', async () => {
  expect(changeHistoryTexts(history, (text) => text)).toBeNull();
  const packed = await packHistory(history);
  expect(await unpackHistory(packed.bytes)).toEqual({ history, sha256: packed.sha256 });
  expect(packed.size).toBe(encodeHistory(history).length);
});

it('reads the end, the code and the runs before from the events', () => {
  const hash = 'a'.repeat(64);
  const events = [
    ...(history.events?.slice(0, 1) ?? []),
    {
      workflowTaskCompletedEventAttributes: {
        workerVersion: { buildId: `@temporalio/worker@1.24.0+${'b'.repeat(64)}` },
        sdkMetadata: { sdkVersion: '1.24.0' },
      },
    },
    { workflowTaskFailedEventAttributes: { baseRunId: 'run-1', newRunId: 'run-2' } },
    { workflowTaskCompletedEventAttributes: { deploymentVersion: { buildId: `@temporalio/worker@1.24.1+${hash}` }, sdkMetadata: {} } },
    { eventTime: { seconds: 86_400 as never, nanos: 5e6 }, workflowExecutionTimedOutEventAttributes: {} },
  ];
  expect(summarizeRun({ events })).toEqual({
    workflowId: 'drm_1',
    runId: 'run-2',
    status: 'timed_out',
    events: 5,
    startedAt: new Date(0),
    closedAt: new Date('1970-01-02T00:00:00.005Z'),
    decisions: 2,
    bundleSha256: hash,
    sdkVersion: '1.24.0',
    baseRunIds: ['run-1'],
  });
  expect(summarizeRun({ events: events.slice(0, 2) })).toMatchObject({ status: null, runId: 'run-1', bundleSha256: 'b'.repeat(64) });
  expect(() => summarizeRun({ events: [] })).toThrow('begins with the start of its run');
});
