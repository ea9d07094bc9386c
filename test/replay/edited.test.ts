import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordedHistories } from '../histories/read.ts';
import { bundleVariants } from './bundle-variants.ts';
import { replayRecorded } from './replay-recorded.ts';
import { caughtEdits, safeEdits } from './workflow-edits.ts';

const page = readFileSync(new URL('../../docs/changing-a-workflow.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');
const histories = recordedHistories();
/** The workflow type of each edited copy. */
const safe = Object.entries(safeEdits).map(([name, edits], index) => ({ name, edits, workflow: `safe${String(index)}` }));
const caught = Object.entries(caughtEdits).map(([name, edit], index) => ({ name, ...edit, workflow: `caught${String(index)}` }));
const ofPath = (path: string) => histories.filter(({ name }) => name.endsWith(`/${path}`));
/** What the SDK says, by workflow and history: null where the code decides as it did then. */
let verdicts: Map<string, string | null>;

// One bundle and one replay worker for everything: making them takes seconds, a replay some 20 ms, ten times that on a crowded machine.
beforeAll(async () => {
  const bundle = await bundleVariants({
    ...Object.fromEntries([...safe, ...caught].map(({ workflow, edits }) => [workflow, edits])),
  });
  const afterSafeEdits = safe.flatMap(({ workflow }) => histories.map((recorded) => ({ workflow, recorded })));
  const afterOthers = caught.flatMap(({ workflow, histories: paths }) => paths.flatMap(ofPath).map((recorded) => ({ workflow, recorded })));
  verdicts = await replayRecorded(bundle, [...afterSafeEdits, ...afterOthers]);
}, 600_000);

/** Those that the workflow of this type does not replay, and why. */
const differing = (workflow: string) =>
  histories
    .filter(({ name }) => verdicts.get(`${workflow} ${name}`) !== null)
    .map(({ name }) => `${name}: ${verdicts.get(`${workflow} ${name}`) ?? 'not replayed'}`);

describe('the recorded histories', () => {
  it.each(safe)('are replayed after an edit of $name', ({ workflow }) => {
    expect(differing(workflow)).toEqual([]);
  });

  it('are replayed after no other edit that the page calls free', () => {
    expect(page).toContain(` ${Object.keys(safeEdits).join(', ')}. `);
    expect(page).toContain(` ${Object.keys(caughtEdits).join(', ')}. `);
  });

  it.each(caught)('tell of $name', ({ workflow, histories: paths, says }) => {
    for (const path of paths) {
      const recorded = ofPath(path);
      expect(recorded.length).toBeGreaterThan(0);
      for (const { name } of recorded) {
        const verdict = verdicts.get(`${workflow} ${name}`);
        expect(verdict).toMatch(/\[TMPRL1100\] Nondeterminism error/);
        expect(verdict).toMatch(says);
      }
    }
  });
});
