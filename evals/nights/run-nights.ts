/** One case twice: all sessions in one dream, and night after night, each dream on the store of the one before. */
import { join } from 'node:path';
import { isDreamsError } from '../../domain/errors.ts';
import { inParallel } from '../in-parallel.ts';
import type { CaseSet } from '../list-sets.ts';
import type { CaseFile } from '../read-case.ts';
import { readBlindCase, withoutMarks } from '../read-case.ts';
import type { CaseRun } from '../run-case.ts';
import { dreamOnce, importCase, writeStore } from '../run-case.ts';
import type { Drift, Lines } from './drift.ts';
import { driftOf, linesOf } from './drift.ts';
import { emptyNight, splitNights } from './split-nights.ts';

/** Folders of the stores below `--out`. */
export const oneFolder = 'one';
export const nightsFolder = 'nights';

export interface NightsResult {
  name: string;
  nights: number;
  drift: Drift;
  files: { one: number; nights: number };
  /** Lines that changed their file from one night to the next, in sum. */
  moves: number;
  /** Changes of one more dream over a store that has its sessions in it: all of them again, or a session that says nothing. */
  again: { one: number; nights: number };
  nothing: { one: number; nights: number };
}

export interface NightsRun extends Omit<CaseRun, 'outFolder'> {
  out: string;
  nights: number;
  jobs: number;
}

export async function runNights(sets: readonly CaseSet[], run: NightsRun): Promise<(NightsResult | { name: string; reason: string })[]> {
  const items = sets.flatMap(({ cases, place }) => cases.map((file) => ({ file, place, label: join(place, file.name) })));
  return await inParallel(items, run.jobs, async ({ file, place, label }) => {
    try {
      const result = await nightsOf(file, place, { ...run, progress: (line) => run.progress(`${label}: ${line}`) });
      run.progress(`${label}: done`);
      return { ...result, name: label };
    } catch (error) {
      run.signal.throwIfAborted();
      // What a parser or a driver says may quote the case.
      return { name: label, reason: isDreamsError(error) ? error.message : (error as Error).name };
    }
  });
}

async function nightsOf(file: CaseFile, place: string, run: NightsRun): Promise<NightsResult> {
  const { client, out, progress } = run;
  const caseRun: CaseRun = { ...run, outFolder: out };
  const parts = splitNights(readBlindCase(file), run.nights);
  const imported = [];
  for (const part of parts) imported.push(await importCase(client, part, progress));
  const [first] = imported;
  if (first === undefined) throw new Error('a case without sessions');
  const { storeId, instructions } = first;
  const everything = imported.flatMap((part) => part.sessionIds);
  const silence = await importCase(client, emptyNight(file.name), progress);

  const one = (await dreamOnce({ storeId, sessionIds: everything, instructions }, caseRun)).output;
  let store = storeId;
  let lines: Lines | null = null;
  let moves = 0;
  for (const { sessionIds } of imported) {
    store = (await dreamOnce({ storeId: store, sessionIds, instructions }, caseRun)).output;
    const now = linesOf(await client.exportNeutral(store));
    moves += lines === null ? 0 : driftOf(lines, now).elsewhere;
    lines = now;
  }
  const changesOf = async (over: string, sessionIds: string[]): Promise<number> =>
    (await dreamOnce({ storeId: over, sessionIds, instructions }, caseRun)).shown.changes.length;
  const stores = { one: await client.exportNeutral(one), nights: await client.exportNeutral(store) };
  writeStore(join(out, oneFolder, place), file.name, withoutMarks(stores.one, file.name));
  writeStore(join(out, nightsFolder, place), file.name, withoutMarks(stores.nights, file.name));
  return {
    name: file.name,
    nights: parts.length,
    drift: driftOf(linesOf(stores.one), linesOf(stores.nights)),
    files: { one: stores.one.memories.length, nights: stores.nights.memories.length },
    moves,
    again: { one: await changesOf(one, everything), nights: await changesOf(store, everything) },
    nothing: { one: await changesOf(one, silence.sessionIds), nights: await changesOf(store, silence.sessionIds) },
  };
}
