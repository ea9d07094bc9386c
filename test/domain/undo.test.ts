import fc from 'fast-check';
import { expect, it } from 'vitest';
import { conflictingPath } from '../../domain/memory-path.ts';
import type { Standing } from '../../domain/undo.ts';
import { countRestored, planUndo } from '../../domain/undo.ts';

type Store = ReadonlyMap<string, Standing>;

const paths = ['/a', '/a/b', '/c', '/c/d/e', '/f'];

/** A store in which paths can stand together. */
const store = fc
  .uniqueArray(
    fc.record({ memory: fc.constantFrom('1', '2', '3', '4'), path: fc.constantFrom(...paths), sha256: fc.constantFrom('x', 'y') }),
    {
      selector: (entry) => entry.memory,
    },
  )
  .map((entries) => {
    const standing = new Map<string, Standing>();
    for (const { memory, path, sha256 } of entries)
      if (conflictingPath([...[...standing.values()].map((one) => one.path), path]) === null) standing.set(memory, { path, sha256 });
    return standing;
  });

function same(a: Standing | undefined, b: Standing | undefined): boolean {
  return a?.path === b?.path && a?.sha256 === b?.sha256;
}

function stepsBetween(before: Store, after: Store) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((memory) => !same(before.get(memory), after.get(memory)))
    .map((memoryId) => ({ memoryId, before: before.get(memoryId) ?? null, after: after.get(memoryId) ?? null }));
}

it('leads back to what stood before where nothing changed since', () => {
  fc.assert(
    fc.property(store, store, (before, after) => {
      const steps = stepsBetween(before, after);
      const { restored, conflicts } = planUndo(steps, after);
      expect(conflicts).toEqual([]);
      const result = new Map(after);
      for (const { memoryId, back } of restored) {
        if (back === null) result.delete(memoryId);
        else result.set(memoryId, back);
      }
      expect(result).toEqual(new Map([...after.keys(), ...before.keys()].flatMap((id) => (before.has(id) ? [[id, before.get(id)]] : []))));
      expect(Object.values(countRestored(restored)).reduce((sum, count) => sum + count, 0)).toBe(steps.length);
    }),
  );
});

it('over a store that changed since, it restores only what can stand there, or nothing', () => {
  fc.assert(
    fc.property(store, store, store, (before, after, now) => {
      const steps = stepsBetween(before, after);
      const { restored, conflicts } = planUndo(steps, now);
      const isMoved = steps.some(({ memoryId, after: left }) => !same(now.get(memoryId), left ?? undefined));
      if (isMoved) expect(conflicts.length).toBeGreaterThan(0);
      if (conflicts.length > 0) {
        expect(restored).toEqual([]);
        expect(conflicts.map((conflict) => conflict.path)).toEqual([...new Set(conflicts.map((conflict) => conflict.path))].sort());
        return;
      }
      const result = new Map(now);
      for (const { memoryId, back } of restored) {
        if (back === null) result.delete(memoryId);
        else result.set(memoryId, back);
      }
      expect(conflictingPath([...result.values()].map((one) => one.path))).toBeNull();
    }),
  );
});
