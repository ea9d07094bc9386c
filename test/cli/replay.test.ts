import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { expect, inject, it, vi } from 'vitest';
import type { ReplayedRun } from '../../client/replay-dreams.ts';
import { withWorkspace } from '../../db/database.ts';
import { findHistory, insertBundle, listHistories, openHistory, replaceHistory } from '../../db/histories.ts';
import type { HistoryRow } from '../../db/histories.ts';
import { encodeHistory } from '../../db/history/bytes.ts';
import { loadBundle } from '../../workers/load-bundle.ts';
import { dreamWorkflow, startDreamOptions } from '../../workflows/start-dream.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import { dreams, temporaryFolder, useEnvironment } from './calls.ts';
import type { Replayable } from './replay-support.ts';
import { replayable } from './replay-support.ts';

interface Answer {
  ok: boolean;
  runs: ReplayedRun[];
  dreams?: Record<string, number>;
}

async function rowOf({ database }: Replayable, dreamId: string): Promise<HistoryRow> {
  return await withWorkspace(database, workspaceId, async (tx) => {
    const [run] = await listHistories(tx, { dreamId, byBundle: false });
    return (await findHistory(tx, dreamId, run?.runId ?? '')) as HistoryRow;
  });
}

it('replays a finished dream against today’s code and the code that ran, and compares its rows', async () => {
  const used = await replayable();
  const first = await used.dreamOnce();
  // Nobody has archived it: the Temporal server still has it.
  const early = await dreams('replay', first);
  expect([early.exitCode, early.stderr]).toEqual([0, '']);
  expect(early.stdout).toContain('from the Temporal server');
  expect(await used.archive()).toEqual([first]);
  const second = await used.dreamOnce();
  await used.archive();

  const today = await dreams('replay', '--all');
  expect(today.exitCode).toBe(0);
  expect(today.stdout).toMatch(new RegExp(`^${first}  run [0-9a-f-]{36}  completed, committed  \\d+ events  \\d+ ms with the start\n`));
  expect(today.stdout).toContain('same: today’s code decides the same at every step\n');
  expect(today.stdout).toContain('rows: as recorded (draft, contents of a draft, what was committed, operation, outcome, output store)\n');
  expect(today.stdout).toContain(`\n${second}  run `);
  expect(today.stdout).toMatch(/\nNothing is wrong: 2 runs, 2 the same, \d+ ms each after the start\.\n$/);

  const archived = await dreams('replay', first, '--archived');
  expect(archived.exitCode).toBe(0);
  expect(archived.stdout).toMatch(
    /same: the code that ran it decides the same at every step\n {2}ran .* UTC, (code [0-9a-f]{12}, SDK 1\.24\.0); replayed .*, \1\n {2}rows/,
  );

  // Rows that somebody altered behind our back.
  await used.damage(`update dreams set outcome = 'skipped' where id = '${first}'`);
  await used.damage(`update drafts set digest = repeat('0', 64) where dream_id = '${first}'`);
  const altered = await dreams('replay', '--all', '--archived', '--json');
  const answer = JSON.parse(altered.stdout) as Answer;
  expect([altered.exitCode, answer.ok, answer.dreams]).toEqual([1, false, { due: 0, archived: 2, missing: 0 }]);
  expect(answer.runs.map((run) => [run.dream_id, run.verdict, run.source, run.rows.verdict, run.ok])).toEqual([
    [first, 'same', 'archive', 'differ', false],
    [second, 'same', 'archive', 'as_recorded', true],
  ]);
  const differences = answer.runs[0]?.rows.differences ?? [];
  expect(differences).toContain('the outcome is skipped in the database, and committed in the history');
  expect(differences[0]).toMatch(/^the digest of the draft drft_\w+ is 0{64} in the database, and [0-9a-f]{64} in the history$/);
}, 600_000);

it('says where other code decides otherwise, and does not run code that was altered', async () => {
  const used = await replayable();
  const dreamId = await used.dreamOnce();
  await used.archive();
  const row = await rowOf(used, dreamId);
  const history = await openHistory(row);
  // The run as if code had taken its steps that looks for patterns twice.
  const { code } = await loadBundle({ codePath: inject('bundlePath') });
  const step = 'await steps.minePatterns(input);';
  expect(code.split(step)).toHaveLength(2);
  const wrong = await loadBundle({ code: code.replace(step, `${step} ${step}`) });
  for (const { workflowTaskCompletedEventAttributes: decided } of history.events ?? [])
    if (decided?.workerVersion != null) decided.workerVersion.buildId = `@temporalio/worker@1.24.0+${wrong.sha256}`;
  await withWorkspace(used.database, workspaceId, async (tx) => {
    const { sha256, size } = wrong;
    await insertBundle(tx, { workspaceId, sha256, bytes: await wrong.pack(), size, sdkVersion: '1.23.0' });
    await replaceHistory(tx, row, history);
  });
  const differs = await dreams('replay', dreamId, '--archived');
  expect(differs.exitCode).toBe(1);
  expect(differs.stdout).toMatch(
    /differs: at event \d+ the history has (?:the step stageDraft|search attributes set), where the code that ran it asks for another step instead\n/,
  );
  await used.damage(
    `update bundles set bytes = (select bytes from bundles where sha256 <> '${wrong.sha256}') where sha256 = '${wrong.sha256}'`,
  );
  const altered = await dreams('replay', dreamId, '--archived');
  expect([altered.exitCode, altered.stdout]).toEqual([1, expect.stringContaining('was altered') as string]);
  expect(altered.stdout).toContain('not replayed: the archived code');
  await used.damage(`update histories set bundle_sha256 = null`);
  await used.damage(`delete from bundles`);
  expect((await dreams('replay', dreamId, '--archived')).stdout).toContain('nobody kept the code that ran it');
  await used.damage(`update histories set bytes = 'x'`);
  const broken = await dreams('replay', '--all');
  expect([broken.exitCode, broken.stdout]).toEqual([1, expect.stringContaining('is not the one that was written') as string]);
}, 600_000);

it('misses a history that was archived and is gone, and finds nothing right where nothing is', async () => {
  const used = await replayable();
  const none = await dreams('replay', '--all');
  expect([none.exitCode, none.stdout]).toEqual([0, 'Nothing was replayed: no run is archived.\n']);
  const kept = await used.dreamOnce();
  const lost = await used.dreamOnce();
  await used.archive();
  expect(await used.damage(`delete from histories where dream_id = '${lost}' returning run_id`)).toHaveLength(1);

  const said = 'failed: the archive says it has the history of this dream, and it is not there\n';
  const named = await dreams('replay', lost);
  expect([named.exitCode, named.stdout]).toEqual([1, expect.stringContaining(said) as string]);
  expect(named.stdout).toContain(`${lost}  no run  lost  0 events\n`);
  expect(named.stdout).not.toContain('Nothing is wrong');
  expect((await dreams('replay', lost, '--archived')).exitCode).toBe(1);
  const all = await dreams('replay', '--all');
  expect([all.exitCode, all.stdout]).toEqual([1, expect.stringContaining(`${lost}  no run  lost  0 events\n  ${said}`) as string]);
  expect(all.stdout).toContain('\n1 run is not as recorded: 2 runs, 1 the same');
  const answer = JSON.parse((await dreams('replay', '--all', '--json')).stdout) as Answer;
  expect([answer.ok, answer.runs.map((run) => [run.dream_id, run.verdict, run.ok])]).toEqual([
    false,
    [
      [kept, 'same', true],
      [lost, 'failed', false],
    ],
  ]);
}, 600_000);

it('counts in its verdict the dreams of which nothing can be said', async () => {
  const used = await replayable();
  await used.dreamOnce();
  await used.dreamOnce();
  const due = await dreams('replay', '--all');
  expect([due.exitCode, due.stderr, due.stdout]).toEqual([
    0,
    '',
    'Nothing was replayed: no run is archived. Of 2 dreams nothing can be said: 2 are not archived yet.\n',
  ]);
  const [first = ''] = await used.archive();
  await used.damage(`update dreams set history_state = 'missing' where id <> '${first}'`);
  await used.damage(`delete from histories where dream_id <> '${first}'`);
  await used.dreamOnce();
  const { exitCode, stdout, stderr } = await dreams('replay', '--all');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /\nNothing is wrong in what was replayed: 1 run, 1 the same\. Of 2 dreams nothing can be said: 1 history is missing, 1 is not archived yet\.\n$/,
  );
  const { ok, dreams: states } = JSON.parse((await dreams('replay', '--all', '--json')).stdout) as Answer;
  expect([ok, states]).toEqual([true, { due: 1, archived: 1, missing: 1 }]);
}, 600_000);

it('says when and with what a run ran and was replayed, and of a history without an end that it has none', async () => {
  const used = await replayable();
  const before = new Date().toISOString();
  const dreamId = await used.dreamOnce();
  await used.archive();
  const history = await openHistory(await rowOf(used, dreamId));
  const [run] = (JSON.parse((await dreams('replay', dreamId, '--json')).stdout) as Answer).runs;
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const { sha256 } = await loadBundle({ codePath: inject('bundlePath') });
  expect(run).toMatchObject({
    bundle_sha256: sha256,
    replayed_bundle_sha256: sha256,
    open_dreams_version: version,
    sdk: { ran: '1.24.0', replayed: '1.24.0' },
  });
  const times = [before, run?.first_event_at, run?.last_event_at, run?.replayed_at, new Date().toISOString()];
  expect(times).toEqual(times.toSorted());
  const minute = (at?: string | null) => `${at?.slice(0, 10) ?? ''} ${at?.slice(11, 16) ?? ''}`;
  const code = `code ${sha256.slice(0, 12)}, SDK 1.24.0`;
  const ran = `ran ${minute(run?.first_event_at)} to ${minute(run?.last_event_at)} UTC, ${code}; replayed`;
  const whole = await dreams('replay', dreamId);
  expect(whole.stdout).toContain(`\n  ${ran} `);
  expect(whole.stdout).toContain(` UTC by open-dreams ${version}, ${code}\n`);

  const path = join(temporaryFolder(), 'cut.bin');
  const events = history.events ?? [];
  writeFileSync(path, encodeHistory({ ...history, events: events.slice(0, -1) }));
  const cut = await dreams('replay', path, dreamId);
  expect(cut.exitCode).toBe(1);
  const end = events.length - 1;
  expect(cut.stdout).toContain(`  cut off, committed  ${String(end)} events  `);
  expect(cut.stdout).toContain(`  cut off: the history has no end: only its first ${String(end)} events were replayed\n  ${ran} `);
  expect(cut.stdout).toMatch(/\nNot everything could be replayed: 2 runs, 1 the same(?:, \d+ ms each after the start)?, 1 cut off\.\n$/);
  const { ok, runs } = JSON.parse((await dreams('replay', path, '--json')).stdout) as Answer;
  expect([ok, runs.map(({ status, verdict, ok: isRight }) => [status, verdict, isRight])]).toEqual([
    false,
    [['cut_off', 'cut_off', false]],
  ]);
  writeFileSync(path, encodeHistory({ ...history, events: events.slice(0, 2) }));
  const early = await dreams('replay', path);
  expect([early.exitCode, early.stdout]).toEqual([1, expect.stringContaining('it stops before a worker took the first step') as string]);
  expect(early.stdout).toMatch(/\n {2}ran .* UTC, code unknown, SDK unknown; looked at [-\d]+ [\d:]+ UTC by open-dreams [\d.]+\n/);
}, 600_000);

it('says of a run that the server says is running that it runs', async () => {
  const used = await replayable();
  const storeId = await seedStore(used.database, { '/dev.md': '# Development\n\n- The API listens on port 3000.\n' });
  const sessionId = await seedSession(used.database, '2026-10-01T09:00:00Z', [user('The API listens on port 4100 now, not 3000.')]);
  const { client, temporal } = used;
  const created = await client.createDream({ storeId, sessionIds: [sessionId], model: 'offline', options: { review: 'required' } });
  const dreamId = created.dream.id;
  await vi.waitFor(async () => expect((await client.diffDream(dreamId)).ends_at).not.toBeNull(), { timeout: 60_000, interval: 200 });
  const { exitCode, stdout } = await dreams('replay', dreamId);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('  running  ') as string]);
  expect(stdout).toMatch(/same: today’s code decides the same at every step\n {2}ran .* UTC so far, code/);
  await client.cancelDream(dreamId, 'test');
  await temporal.workflow
    .getHandle(dreamId)
    .result()
    .catch(() => undefined);
}, 600_000);

it('replays files, with or without a database, and says of others what is wrong with them', async () => {
  const used = await replayable();
  const dreamId = await used.dreamOnce();
  await used.archive();
  const folder = temporaryFolder();
  const write = (name: string, bytes: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const { stdout: temporal } = await promisify(execFile)('./temporal-dev.sh', ['path']);
  const show = ['workflow', 'show', '--workflow-id', dreamId, '--output', 'json', '--address', inject('temporalAddress')];
  const { stdout: shown } = await promisify(execFile)(temporal.trim(), show, { maxBuffer: 50_000_000 });
  const json = write('history.json', shown);
  const encoded = encodeHistory(await openHistory(await rowOf(used, dreamId)));
  const files = [json, write('events.json', JSON.stringify((JSON.parse(shown) as { events: unknown }).events))];
  files.push(write('history.bin', encoded), write('history.bin.gz', gzipSync(encoded)));
  const all = JSON.parse((await dreams('replay', ...files, '--json')).stdout) as Answer;
  expect(all.runs.map((run) => [run.file, run.source, run.verdict, run.rows.verdict, run.ok])).toEqual(
    files.map((file) => [file, 'file', 'same', 'as_recorded', true]),
  );
  expect((await dreams('replay', json, '--archived')).stdout).toContain('same: the code that ran it decides the same at every step');

  useEnvironment();
  const alone = await dreams('replay', json);
  expect([alone.exitCode, alone.stdout]).toEqual([0, expect.stringContaining('rows: not compared: no database is known') as string]);
  for (const [name, bytes, why] of [
    ['broken.json', '{"events": [', 'it is no JSON'],
    ['other.json', '{"events": []}', 'it does not begin with the start of a run'],
    ['list.json', '[1, 2]', 'TypeError'],
    ['text.txt', 'Deploys go out on Tuesdays.', ''],
    ['cut.gz', gzipSync(encoded).subarray(0, 500), 'Z_BUF_ERROR'],
    ['empty.bin', '', 'it does not begin with the start of a run'],
  ] as const) {
    const { exitCode, stdout, stderr } = await dreams('replay', write(name, bytes));
    expect([name, exitCode, stdout]).toEqual([name, 2, '']);
    expect(stderr).toContain(`holds no history of a run (${why}`);
    expect(stderr).not.toContain('Tuesdays');
  }
  expect(await dreams('replay', join(folder, 'nothing.json'))).toMatchObject({ exitCode: 3, stdout: '' });
  expect(await dreams('replay')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Nothing to replay was named.') as string });
}, 600_000);

it('keeps a history whose code no worker has, and says that it cannot be run', async () => {
  const used = await replayable();
  const dreamId = await used.dreamOnce();
  expect(await used.archive({ code: 'of another worker' })).toEqual([dreamId]);
  expect((await rowOf(used, dreamId)).bundleSha256).toBeNull();
  const { exitCode, stdout } = await dreams('replay', dreamId, '--archived');
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('not replayed: nobody kept the code that ran it') as string]);
  // A worker that comes later and runs that code keeps it; the history says by its hash that it is the one.
  await used.dreamOnce();
  await used.archive();
  expect((await dreams('replay', dreamId, '--archived')).exitCode).toBe(0);
}, 600_000);

it('knows runs that took no step, and dreams that have no run', async () => {
  const used = await replayable();
  const { database, client, temporal } = used;
  const storeId = await seedStore(database, {});
  const dreamId = await seedDream(database, { storeId, sessionIds: [] });
  expect(await dreams('replay', dreamId)).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('it has not started') as string });
  expect(await dreams('replay', 'drm_nothing')).toMatchObject({ exitCode: 3, stdout: '' });
  const run = { workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 0, trigger: 'test', taskQueue: 'nobody-works-here' };
  const handle = await temporal.workflow.start(dreamWorkflow, startDreamOptions(run));
  await handle.terminate();
  await client.cancelDream(dreamId, 'test');
  expect(await used.archive()).toEqual([dreamId]);
  const { exitCode, stdout } = await dreams('replay', '--all');
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('terminated') as string]);
  expect(stdout).toContain('not replayed: the run ended before any worker took its first step, so there is nothing to replay');
  expect(stdout).toContain('rows: not compared: the run ended before it made anything that could be compared');
}, 600_000);
