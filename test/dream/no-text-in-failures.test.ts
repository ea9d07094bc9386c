import { Writable } from 'node:stream';
import postgres from 'postgres';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { withWorkspace } from '../../db/database.ts';
import { requireDream } from '../../db/dreams.ts';
import { createOfflineEngine } from '../../engines/offline/offline-engine.ts';
import { startDreamOptions } from '../../workflows/start-dream.ts';
import { databaseForTest } from '../support/fresh-database.ts';
import { runningWorker } from '../support/running-worker.ts';
import { seedDream, seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';

const planted = 'The vault combination is kept under the third floorboard';

/** Where each step writes: the table whose writes fail while they hold, or stand beside, the planted sentence. */
const targets: Record<string, { table: string; when: string }> = {
  openDream: { table: 'sessions', when: `new.source_kind = 'dream'` },
  takeSnapshot: { table: 'dream_memories', when: 'true' },
  planWindows: { table: 'dream_windows', when: `tg_op = 'INSERT'` },
  extractFacts: { table: 'facts', when: 'true' },
  groupClaims: { table: 'input_claims', when: 'true' },
  reconcileGroup: { table: 'proposals', when: `new.step = 'reconcileGroup'` },
  minePatterns: { table: 'model_calls', when: `new.step = 'minePatterns'` },
  stageDraft: { table: 'contents', when: 'true' },
  checkDraft: { table: 'drafts', when: `tg_op = 'UPDATE' and new.review_ends_at is null` },
  awaitReview: { table: 'drafts', when: `tg_op = 'UPDATE' and new.review_ends_at is not null` },
  recordDecision: { table: 'decisions', when: 'true' },
  commitDream: { table: 'operations', when: 'true' },
  closeDream: { table: 'sessions', when: `tg_op = 'UPDATE' and new.status = 'terminated'` },
};

/** Makes the first write of a step fail with the planted sentence in the database's own message; a sequence outlives the rollback. */
async function failOnce(adminUrl: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  for (const [step, { table, when }] of Object.entries(targets)) {
    const name = `fail_${step.toLowerCase()}`;
    await admin.unsafe(`
      create sequence ${name}_seq; grant usage on sequence ${name}_seq to open_dreams_app;
      create function ${name}() returns trigger language plpgsql as $$ begin
        if (${when}) and nextval('${name}_seq') = 1 then raise exception '${planted}: %', row_to_json(new); end if;
        return new;
      end $$;
      create trigger ${name} before insert or update on ${table} for each row execute function ${name}();`);
  }
  await admin.end();
}

it('keeps what users said out of histories, logs and summaries when the SQL of each step fails', async () => {
  const { database, adminUrl } = await databaseForTest();
  const lines: string[] = [];
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    }),
  );
  const engine = createOfflineEngine({ threads: 1 });
  const worker = await runningWorker({ database, engines: { offline: engine } }, log);
  const storeId = await seedStore(database, { '/notes.md': `# Notes\n\n- ${planted}.\n- The API listens on port 3000.\n` });
  const sessionIds = [
    await seedSession(database, '2026-10-01T09:00:00Z', [user(`${planted}, remember that.`), user('The API listens on port 4100 now.')]),
  ];
  const options = { review: 'required', reviewTimeout: 1, onTimeout: 'commit' } as const;
  const dreamId = await seedDream(database, { storeId, sessionIds, instructions: planted, options });
  await failOnce(adminUrl);

  const handle = await worker.client.workflow.start(
    'dream',
    startDreamOptions({ workspaceId, dreamId, workflowId: dreamId, storeId, sessions: 1, trigger: 'test', taskQueue: worker.taskQueue }),
  );
  await handle.result();
  expect(await withWorkspace(database, workspaceId, (tx) => requireDream(tx, dreamId))).toMatchObject({ outcome: 'committed' });

  const { events } = await handle.fetchHistory();
  const failed = new Set(
    (events ?? []).flatMap((event) =>
      event.activityTaskStartedEventAttributes?.lastFailure ? [event.activityTaskStartedEventAttributes.scheduledEventId?.toString()] : [],
    ),
  );
  const failedSteps = (events ?? [])
    .filter((event) => failed.has(event.eventId?.toString()))
    .map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name);
  expect(new Set(failedSteps)).toEqual(new Set(Object.keys(targets)));

  // Bytes of payloads are base64 in the JSON form of a history, so every one is decoded too.
  const history = JSON.stringify(events);
  const decoded = [...history.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)].map((match) => Buffer.from(match[0], 'base64').toString());
  const bytes = JSON.stringify(events, (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value));
  const described = JSON.stringify(await handle.describe(), (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
  const places = { history, decoded: decoded.join('\n'), bytes, described, log: lines.join('') };
  expect(lines.filter((line) => line.includes('step failed')).length).toBeGreaterThanOrEqual(Object.keys(targets).length);
  for (const [place, text] of Object.entries(places)) {
    for (const word of ['floorboard', 'combination', 'vault', 'port 4100']) expect([place, text.includes(word)]).toEqual([place, false]);
    // Nor the statement or the stack that would carry it.
    expect([place, /insert into|at async|node_modules/.test(place === 'log' ? '' : text)]).toEqual([place, false]);
  }
  await worker.stop();
  await engine.close();
});
