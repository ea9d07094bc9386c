/** The sets of a folder: itself, or one for each folder in it. */
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DreamsError } from '../domain/errors.ts';
import type { CaseFile } from './read-case.ts';
import { listCases } from './read-case.ts';

export interface CaseSet {
  /** The folder's own name; marks and baselines go by it. */
  name: string;
  folder: string;
  cases: CaseFile[];
  /** Where its stores go, below what `--out` names. */
  place: string;
}

export function listSets(folder: string): CaseSet[] {
  const own = listCases(folder);
  if (own.length > 0) return [{ name: basename(folder), folder, cases: own, place: '' }];
  const sets = readdirSync(folder)
    .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true)
    .map((name) => ({ name, folder: join(folder, name), cases: listCases(join(folder, name)), place: name }))
    .filter(({ cases }) => cases.length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (sets.length === 0)
    throw new DreamsError('not_found', `The folder ${JSON.stringify(folder)} holds no case.`, {
      hint: 'Cases are files that end in .json or .json.gz, in the folder itself or in folders of it, one a set.',
    });
  refuseTwins(sets);
  return sets;
}

/** Sessions are told apart by the name of their case. */
function refuseTwins(sets: readonly CaseSet[]): void {
  const setOf = new Map<string, string>();
  for (const { name: set, cases } of sets)
    for (const { name } of cases) {
      const other = setOf.get(name);
      if (other !== undefined)
        throw new DreamsError(
          'invalid_input',
          `A case of ${JSON.stringify(other)} and one of ${JSON.stringify(set)} are both called ${JSON.stringify(name)}.`,
          {
            hint: 'Rename one, or dream over one set at a time.',
          },
        );
      setOf.set(name, set);
    }
}
