/** The net under all tests that start a dream: whatever none of them replayed has a name when the last one has ended. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { neverReplayed, replaySummary } from '../support/none-forgotten.ts';
import { ownTemporal } from '../support/own-temporal.ts';

it('names each execution that no test replayed, and each that went on after it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'none-forgotten-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // On the server of all tests these runs would be forgotten ones.
  const address = await ownTemporal({});
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  const { workflow } = new Client({ connection });
  const start = async (workflowId: string, { ends }: { ends: boolean }) => {
    const handle = await workflow.start('nobody-works-on-it', { workflowId, taskQueue: 'nobody' });
    if (ends) await handle.terminate('a test');
    const { events } = await handle.fetchHistory();
    return { runId: handle.firstExecutionRunId, events: events?.length ?? 0 };
  };
  const runs = {
    whole: await start('whole', { ends: true }),
    open: await start('open', { ends: false }),
    cut: await start('cut', { ends: true }),
    forgotten: await start('forgotten', { ends: true }),
  };
  await vi.waitFor(
    async () => {
      const closed = [];
      for await (const { status } of workflow.list()) closed.push(status.name === 'TERMINATED');
      expect(closed.sort()).toEqual([false, true, true, true]);
    },
    { timeout: 60_000, interval: 50 },
  );
  const replayed = (file: string, run: keyof typeof runs, events: number) => {
    writeFileSync(join(folder, file), `${run} ${runs[run].runId} ${String(events)} 250\n`, { flag: 'a' });
  };
  // As two processes of tests note them; one run twice, the second time to its end.
  replayed('1.txt', 'whole', 2);
  replayed('1.txt', 'open', runs.open.events);
  replayed('2.txt', 'whole', runs.whole.events);
  replayed('2.txt', 'cut', runs.cut.events - 1);

  const named = await neverReplayed(address, folder);
  expect(named.sort()).toEqual([
    `cut (run ${runs.cut.runId}, queue nobody, TERMINATED) went on after it was replayed: ${String(runs.cut.events - 1)} of ${String(runs.cut.events)} events`,
    `forgotten (run ${runs.forgotten.runId}, queue nobody, TERMINATED) was never replayed`,
  ]);
  expect(replaySummary(folder)).toBe("Replayed 3 executions of this run's tests in 1.0 s.");

  replayed('3.txt', 'cut', runs.cut.events);
  replayed('3.txt', 'forgotten', runs.forgotten.events);
  expect(await neverReplayed(address, folder)).toEqual([]);
});
