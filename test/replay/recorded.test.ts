import { expect, it } from 'vitest';
import { recordedHistories } from '../histories/read.ts';
import { bundleVariants } from './bundle-variants.ts';
import { replayRecorded } from './replay-recorded.ts';

const histories = recordedHistories();

it('replays every recorded history by the workflow as it is', async () => {
  expect(histories.length).toBeGreaterThan(15);
  const runs = histories.map(({ history }) =>
    JSON.stringify(history.events.find((event) => 'workflowExecutionStartedEventAttributes' in event)),
  );
  expect(new Set(runs).size).toBe(histories.length);
  const verdicts = await replayRecorded(
    await bundleVariants({}),
    histories.map((recorded) => ({ workflow: 'dream', recorded })),
  );
  expect(
    histories.flatMap(({ name }) => verdicts.get(`dream ${name}`) ?? (verdicts.has(`dream ${name}`) ? [] : `${name} was not replayed`)),
  ).toEqual([]);
}, 300_000);
