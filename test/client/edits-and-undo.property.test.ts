import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DreamsClient } from '../../client/dreams-client.ts';
import type { StoreEdit } from '../../client/edit-store.ts';
import { readContents } from '../../db/contents.ts';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { endDream } from '../../db/dreams.ts';
import { readHeads, readVersions } from '../../db/memories.ts';
import { readOperations, readOperationSteps, readUndos } from '../../db/operations.ts';
import { findStore } from '../../db/stores.ts';
import { isDreamsError } from '../../domain/errors.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { deriveId } from '../../domain/ids.ts';
import type { OperationCounts } from '../../domain/operation.ts';
import { workspaceId } from '../support/seeds.ts';
import type { Files } from './fake-dream.ts';
import { fakeDream } from './fake-dream.ts';
import { facade, markdown } from './support.ts';

const by = 'ada';
const paths = ['/a.md', '/b.md', '/c/d.md', '/c/e.md', '/f.md'];

/** What stands: path, memory id and bytes. */
type State = Record<string, { memoryId: string; content: string }>;

/** One store after the other, each with what it began as and, once a dream made the next one, what it was left as. */
interface Run {
  client: DreamsClient;
  database: Database;
  began: Map<string, State>;
  left: Map<string, State>;
}

/** What happened over all runs, so that a run in which nothing happens is noticed. */
const happened = { edit: 0, refused: 0, undo: 0, update: 0, create: 0, conflict: 0, undone: 0 };

type Move =
  | { kind: 'edit'; edits: { kind: 'write' | 'delete' | 'rename'; path: string; to: string; content: string }[] }
  | { kind: 'dream'; update: boolean; lines: { path: string; text: string }[]; deleted: string[]; meanwhile: string | null }
  | { kind: 'undo'; which: number };

const path = fc.constantFrom(...paths);
const line = fc.constantFrom('one', 'two', 'three', 'four').map((word) => `- ${word}\n`);
const content = fc.oneof(
  { weight: 4, arbitrary: fc.array(line, { maxLength: 3 }).map((lines) => lines.join('')) },
  fc.string({ unit: 'binary' }),
);
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      edits: fc.array(fc.record({ kind: fc.constantFrom('write', 'delete', 'rename'), path, to: path, content }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('dream' as const),
      update: fc.boolean(),
      lines: fc.array(fc.record({ path, text: line }), { maxLength: 2 }),
      deleted: fc.array(path, { maxLength: 1 }),
      meanwhile: fc.option(path, { freq: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(20) }) },
);

async function stateOf(database: Database, storeId: string): Promise<State> {
  return await withWorkspace(database, workspaceId, async (tx) => {
    const heads = await readHeads(tx, storeId);
    const contents = await readContents(
      tx,
      heads.map((head) => head.sha256),
    );
    return Object.fromEntries(heads.map((head) => [head.path, { memoryId: head.memoryId, content: contents.get(head.sha256) ?? '' }]));
  });
}

/** The log of the store, oldest first, with what each step says stood before and after. */
async function logOf(database: Database, storeId: string) {
  return await withWorkspace(database, workspaceId, async (tx) => {
    const operations = (await readOperations(tx, storeId)).toReversed();
    const store = await findStore(tx, storeId);
    const log = [];
    for (const { id, kind, revision, parentId, counts } of operations) {
      const steps = await readOperationSteps(tx, id);
      const versions = await readVersions(
        tx,
        steps.flatMap((step) => [step.beforeVersionId ?? [], step.afterVersionId ?? []].flat()),
      );
      const side = (versionId: string | null) => {
        const version = versions.get(versionId ?? '');
        return version === undefined ? null : { path: version.path, sha256: version.sha256 };
      };
      log.push({
        ...{ id, kind, revision, parentId, counts },
        steps: steps.map(({ memoryId, beforeVersionId, afterVersionId }) => ({
          memoryId,
          before: side(beforeVersionId),
          after: side(afterVersionId),
        })),
      });
    }
    return { revision: store?.revision, log, heads: await readHeads(tx, storeId) };
  });
}

/** Replaying the steps over what the store began with gives the heads; revisions count up; counts are those of the steps. */
async function assertAgree(database: Database, storeId: string, began: State): Promise<void> {
  const { revision, log, heads } = await logOf(database, storeId);
  const standing = new Map<string, { path: string; sha256: string | null }>();
  for (const [at, { memoryId, content: text }] of Object.entries(began)) standing.set(memoryId, { path: at, sha256: sha256Hex(text) });
  for (const [index, operation] of log.entries()) {
    expect([operation.revision, operation.parentId]).toEqual([index + 1, log[index - 1]?.id ?? null]);
    const counts: OperationCounts = {};
    for (const { memoryId, before, after } of operation.steps) {
      expect(standing.get(memoryId) ?? null).toEqual(before);
      const kind = before === null ? 'created' : after === null ? 'deleted' : before.path === after.path ? 'modified' : 'renamed';
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (after === null) standing.delete(memoryId);
      else standing.set(memoryId, after);
    }
    if (operation.kind !== 'dream') expect(operation.counts).toEqual(counts);
  }
  expect(revision).toBe(log.length);
  expect([...standing].sort()).toEqual(heads.map((head) => [head.memoryId, { path: head.path, sha256: head.sha256 }]).sort());
}

/** Runs a move; answers the store in which it goes on. A move that is refused must have changed nothing. */
async function play(run: Run, storeId: string, one: Move): Promise<string> {
  const { client, database } = run;
  const before = await stateOf(database, storeId);
  try {
    if (one.kind === 'edit') {
      const edits = one.edits.map(({ kind, path: at, to, content: text }): StoreEdit =>
        kind === 'write' ? { kind, path: at, content: text } : kind === 'rename' ? { kind, path: at, to } : { kind, path: at },
      );
      await client.editStore(storeId, edits, { by });
      happened.edit += 1;
      return storeId;
    }
    if (one.kind === 'dream') return await dream(run, storeId, one);
    await undo(run, storeId, one.which);
    happened.undo += 1;
    return storeId;
  } catch (error) {
    if (!isDreamsError(error)) throw error;
    happened.refused += 1;
    expect(await stateOf(database, storeId)).toEqual(before);
    return storeId;
  }
}

async function dream({ client, database, began, left }: Run, storeId: string, one: Extract<Move, { kind: 'dream' }>): Promise<string> {
  let input = await stateOf(database, storeId);
  const made = await fakeDream(database, {
    storeId,
    update: one.update,
    files: (before) => {
      const files: Files = { ...before };
      for (const at of one.deleted) delete files[at];
      for (const { path: at, text } of one.lines) files[at] = (files[at] ?? '') + text;
      return files;
    },
    changes: one.lines.map(({ path: at, text }) => ({ kind: 'add', path: at, after: text.slice(2, -1) })),
    meanwhile: async () => {
      if (one.meanwhile === null || !one.update) return;
      await client.editStore(storeId, [{ kind: 'write', path: one.meanwhile, content: '- meanwhile\n' }], { by }).catch(() => undefined);
      input = await stateOf(database, storeId);
    },
  });
  // A dream that met the writing of others wrote nothing; one that made a store of its own left its input alone.
  if (!one.update || made.operationId === null) expect(await stateOf(database, storeId)).toEqual(input);
  happened[made.operationId === null ? 'conflict' : one.update ? 'update' : 'create'] += 1;
  if (made.operationId === null) {
    await withWorkspace(database, workspaceId, (tx) =>
      endDream(tx, made.dreamId, { status: 'canceled', outcome: 'canceled', error: null }),
    );
  }
  if (!one.update) {
    left.set(storeId, input);
    began.set(made.output, cloneOf(input, made.dreamId));
  }
  return made.operationId === null ? storeId : made.output;
}

/** As what the store of a dream begins. */
function cloneOf(input: State, dreamId: string): State {
  return Object.fromEntries(
    Object.entries(input).map(([at, { memoryId, content: text }]) => [
      at,
      { memoryId: deriveId('mem', dreamId, 'takeSnapshot', memoryId), content: text },
    ]),
  );
}

/** Where the undo is allowed, the paths that the operation touched stand as before it, and every other path as now. */
async function undo({ client, database }: Run, storeId: string, which: number): Promise<void> {
  const { log } = await logOf(database, storeId);
  const operation = log[which % Math.max(1, log.length)];
  if (operation === undefined) return;
  const now = await stateOf(database, storeId);
  await client.undoOperation(operation.id, { by });
  const after = await stateOf(database, storeId);
  const touched = new Set(operation.steps.map((step) => step.memoryId));
  const others = (state: State) => Object.entries(state).filter(([, { memoryId }]) => !touched.has(memoryId));
  expect(others(after)).toEqual(others(now));
  const restored = Object.entries(after)
    .filter(([, { memoryId }]) => touched.has(memoryId))
    .map(([at, { memoryId, content: text }]) => [memoryId, at, sha256Hex(text)]);
  const wanted = operation.steps.flatMap(({ memoryId, before }) => (before === null ? [] : [[memoryId, before.path, before.sha256]]));
  expect(restored.sort()).toEqual(wanted.sort());
}

/** Every line has an origin, and the operation that is named wrote a version which holds the line. */
async function assertBlamed({ client, database }: Run, storeId: string): Promise<void> {
  for (const [at, { content: text }] of Object.entries(await stateOf(database, storeId))) {
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    const blamed = await client.blame(storeId, at);
    expect(blamed.map((one) => one.text)).toEqual(lines.map((one) => one.replace(/\r$/, '')));
    for (const { operation, origin, text: words } of blamed) {
      // Every store begins with an import, so every line has been written by something.
      expect([words, operation]).toEqual([words, expect.stringMatching(/^op_/)]);
      const written = await withWorkspace(database, workspaceId, async (tx) => {
        const steps = await readOperationSteps(tx, operation ?? '');
        const versions = await readVersions(
          tx,
          steps.flatMap((step) => step.afterVersionId ?? []),
        );
        const contents = await readContents(
          tx,
          [...versions.values()].flatMap((version) => version.sha256 ?? []),
        );
        return [...contents.values()].join('\n');
      });
      expect([origin, written.includes(words)]).toEqual([origin, true]);
    }
  }
}

it('restores what stood before any operation, and log and store agree, over random edits, dreams and undos', async () => {
  const { client, database } = await facade({ address: null });
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 2, maxLength: 7 }), async (moves) => {
      const { stores } = await client.importSources(markdown({ 'a.md': '- one\n', 'c/d.md': '- two\n- three\n' }), {
        folderName: `memory ${String(Math.random())}`,
      });
      const first = stores[0]?.id ?? '';
      const run: Run = { client, database, began: new Map([[first, {}]]), left: new Map() };
      let storeId = first;
      for (const one of moves) storeId = await play(run, storeId, one);
      for (const [id, state] of run.left) expect(await stateOf(database, id)).toEqual(state);
      for (const [id, state] of run.began) await assertAgree(database, id, state);
      await assertBlamed(run, storeId);
      // Back to front everything can be undone, and what is there in the end is what the store began with.
      for (const [id, state] of run.began) {
        for (const operation of (await logOf(database, id)).log.toReversed()) {
          if (operation.steps.length === 0) continue;
          const undos = await withWorkspace(database, workspaceId, (tx) => readUndos(tx, operation.id));
          // Everything after it is taken back by now, its own undos too: it stands, and the last of them is what to undo.
          expect(undos.length % 2).toBe(0);
          await client.undoOperation(undos.at(-1)?.id ?? operation.id, { by });
          happened.undone += 1;
        }
        expect(await stateOf(database, id)).toEqual(state);
        await assertAgree(database, id, state);
      }
    }),
    { numRuns: 60 },
  );
  const { conflict: _, ...expected } = happened;
  for (const [what, times] of Object.entries(expected)) expect([what, times > 0]).toEqual([what, true]);
});
