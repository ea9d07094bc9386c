/** docs/changing-a-workflow.md, kept true: which version of the example replays which run. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { toRecorded } from '../histories/save.ts';
import type { RecordedHistory } from '../histories/read.ts';
import { replayRecorded } from '../replay/replay-recorded.ts';
import { readRun } from '../support/executions.ts';
import { quietRuntime, silentCore } from '../support/quiet-runtime.ts';
import { replayRun } from '../support/replayed.ts';
import { steps } from './steps.ts';

const versions = ['v1', 'v2Unpatched', 'v2', 'v3', 'v4'];
const inFolder = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const page = readFileSync(inFolder('../../docs/changing-a-workflow.md'), 'utf8');

/** By `code history`. */
let verdicts: Map<string, string | null>;

beforeAll(async () => {
  quietRuntime(undefined, silentCore);
  const logger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
  const bundle = await bundleWorkflowCode({ workflowsPath: inFolder('workflows.ts'), logger });
  const histories = await runAll(bundle);
  verdicts = await replayRecorded(
    bundle,
    versions.flatMap((workflow) => histories.map((recorded) => ({ workflow, recorded }))),
  );
}, 240_000);

/** A run of each version that is released, on the real server. */
async function runAll(workflowBundle: { code: string }): Promise<RecordedHistory[]> {
  const address = inject('temporalAddress');
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  const taskQueue = `changing-${randomUUID()}`;
  const worker = await Worker.create({ connection, taskQueue, activities: steps, workflowBundle });
  const histories = await worker.runUntil(async () => {
    const recorded: RecordedHistory[] = [];
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      const workflowId = `${version}-${randomUUID()}`;
      expect(await client.workflow.execute(version, { workflowId, taskQueue })).toBe('3 pages');
      const run = await readRun(client, workflowId);
      if (run === undefined) throw new Error(`${workflowId} has no run`);
      await replayRun(run, (id, history) => Worker.runReplayHistory({ workflowBundle }, history, id));
      recorded.push({ name: version, history: toRecorded(run.history) });
    }
    return recorded;
  });
  await client.connection.close();
  await connection.close();
  return histories;
}

/** The table of the page: a row for each version of the code, a column for each run. */
const rows = [...page.matchAll(/^\| `(v\d[\w-]*)` \| (.+) \|$/gm)].map(([, code = '', cells = '']) => ({
  code,
  cells: cells.split(' | '),
}));

describe('the page about changing a workflow', () => {
  it('says what each version does with the runs of the others', () => {
    expect(rows.map(({ code }) => code)).toEqual(['v1', 'v2-unpatched', 'v2', 'v3', 'v4']);
    const found = rows.map(({ code }) => ({
      code,
      cells: ['v1', 'v2', 'v3', 'v4'].map((run) =>
        verdicts.get(`${code === 'v2-unpatched' ? 'v2Unpatched' : code} ${run}`) === null ? 'replays' : '**differs**',
      ),
    }));
    expect(rows).toEqual(found);
  });

  it('quotes the code that was run', () => {
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      const body = /export async function[^]+/.exec(readFileSync(inFolder(`${version}.ts`), 'utf8'))?.[0] ?? '';
      expect([version, page.includes(body)]).toEqual([version, true]);
    }
  });
});
