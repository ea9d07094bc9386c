/** Judges what a run wrote: a table of scores for each set, or the reason why there is none. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CaseSet } from './list-sets.ts';
import { identical } from './marks.ts';
import type { SetBaselines } from './read-baselines.ts';
import { baselineKinds, readBaselines } from './read-baselines.ts';
import { runScorer, scorerFile } from './run-scorer.ts';
import { scoreTable } from './score-table.ts';

export interface Judging {
  scorers: string;
  out: string;
  /** What an earlier run wrote. */
  earlier: string | undefined;
  progress: (line: string) => void;
  signal: AbortSignal;
}

export async function scoreSets(sets: readonly CaseSet[], judging: Judging): Promise<string> {
  const { scorers } = judging;
  if (!existsSync(join(scorers, scorerFile)))
    return `No scores: ${JSON.stringify(scorers)} holds no ${scorerFile}; --scorers names the folder that does.`;
  const tables: string[] = [];
  for (const set of sets) {
    const table = await scoreSet(set, judging);
    if ('missing' in table) tables.push(`No scores for ${set.name}: ${table.missing}`);
    else tables.push(table.text);
  }
  return tables.join('\n\n');
}

async function scoreSet(
  { name, folder, cases, place }: CaseSet,
  { scorers, out, earlier, progress, signal }: Judging,
): Promise<{ text: string } | { missing: string }> {
  const stores = join(out, place);
  const known = baselinesFor(name, cases.length, scorers);
  progress(`Scoring ${name}${known === null ? ' and its baselines, which takes a minute or more' : ''}`);
  const scores = await runScorer({ scorers, cases: folder, stores, kinds: known === null ? baselineKinds : [], signal });
  if ('missing' in scores) return scores;
  const same =
    earlier === undefined
      ? {}
      : {
          [identical.key]: shareSame(
            stores,
            join(earlier, place),
            cases.map((one) => one.name),
          ),
        };
  const baselines = known?.means ?? scores.baselines;
  return {
    text: scoreTable({ set: name, cases: cases.length, scored: scores.scored, ours: { ...scores.ours, ...same }, baselines }),
  };
}

/** The scorer's own table, if it is about as many cases; for others the baselines have to be made. */
function baselinesFor(set: string, cases: number, scorers: string): SetBaselines | null {
  const file = join(scorers, 'BASELINES.md');
  const known = existsSync(file) ? readBaselines(readFileSync(file, 'utf8'), set) : null;
  return known?.cases === cases ? known : null;
}

/** Share of the cases whose stores are byte for byte the same in both folders. */
export function shareSame(stores: string, earlier: string, names: readonly string[]): number {
  const same = names.filter((name) => {
    const [one, other] = [stores, earlier].map((folder) => resolve(folder, `${name}.json`));
    return (
      one !== undefined && other !== undefined && existsSync(one) && existsSync(other) && readFileSync(one).equals(readFileSync(other))
    );
  });
  return same.length / names.length;
}
