import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordedHistories } from '../histories/read.ts';
import { bundleVariants } from './bundle-variants.ts';
import { replayRecorded } from './replay-recorded.ts';
import { caughtEdits, safeEdits } from './workflow-edits.ts';

const page = readFileSync(new URL('../../docs/changing-a-workflow.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ');
const histories = recordedHistories();
const caught = Object.values(caughtEdits);
/** What the SDK says, by workflow and history: null where the code decides as it did then. */
let verdicts: Map<string, string | null>;

// One bundle and one replay worker for everything: making them takes seconds, a replay some 20 ms.
beforeAll(async () => {
  const bundle = await bundleVariants({
    safe: Object.values(safeEdits).flat(),
    ...Object.fromEntries(caught.map(({ edits }, index) => [`caught${String(index)}`, edits])),
  });
  const asTheyAre = histories.map((recorded) => ({ workflow: 'dream', recorded }));
  const afterSafeEdits = histories.map((recorded) => ({ workflow: 'safe', recorded }));
  const afterOthers = caught.flatMap(({ history }, index) =>
    histories.filter(({ name }) => name.endsWith(`/${history}`)).map((recorded) => ({ workflow: `caught${String(index)}`, recorded })),
  );
  verdicts = await replayRecorded(bundle, [...asTheyAre, ...afterSafeEdits, ...afterOthers]);
}, 240_000);

const differing = (workflow: string) => histories.filter(({ name }) => verdicts.get(`${workflow} ${name}`) !== null);

describe('the recorded histories', () => {
  it('are replayed, every one of them, by the workflow as it is', () => {
    expect(histories.length).toBeGreaterThan(15);
    const runs = histories.map(({ history }) =>
      JSON.stringify(history.events.find((event) => 'workflowExecutionStartedEventAttributes' in event)),
    );
    expect(new Set(runs).size).toBe(histories.length);
    expect(differing('dream').map(({ name }) => `${name}: ${verdicts.get(`dream ${name}`) ?? 'not replayed'}`)).toEqual([]);
  });

  it(`are replayed after edits of ${Object.keys(safeEdits).join(', ')}`, () => {
    expect(differing('safe').map(({ name }) => `${name}: ${verdicts.get(`safe ${name}`) ?? 'not replayed'}`)).toEqual([]);
  });

  it('are replayed after no other edit that the page calls free', () => {
    expect(page).toContain(` ${Object.keys(safeEdits).join(', ')}. `);
    expect(page).toContain(` ${Object.keys(caughtEdits).join(', ')}. `);
  });

  it.each(Object.entries(caughtEdits))('tell of %s', (name, { history, says }) => {
    const said = [...verdicts].filter(([key]) => key.startsWith(`caught${String(Object.keys(caughtEdits).indexOf(name))} `));
    expect(said.map(([key]) => key)).toEqual([expect.stringMatching(new RegExp(`/${history}$`))]);
    for (const [, verdict] of said) {
      expect(verdict).toMatch(/\[TMPRL1100\] Nondeterminism error/);
      expect(verdict).toMatch(says);
    }
  });
});
