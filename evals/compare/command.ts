/** What the comparison takes on the command line. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { wholeNumber } from '../../client/cli/options.ts';
import { scorersBeside } from '../command.ts';
import type { Method } from './score-case.ts';

export interface CompareOptions {
  jobs: number;
  scorers: string;
}

export function compareCommand(act: (folder: string, a: Method, b: Method, options: CompareOptions) => Promise<void>): Command {
  return new Command('eval:compare')
    .description(
      'Say how sure the difference between two methods is: the scores of both over the same cases and a 95 % interval of the difference (paired bootstrap).\nA method is a folder of stores that a run of "npm run eval" wrote, or the name of one of the scorer\'s baselines (cue, keep_user, ...).',
    )
    .argument('<folder>', 'cases, as for "npm run eval"', (value) => resolve(value))
    .argument('<A>', 'stores or baseline', methodOf)
    .argument('<B>', 'stores or baseline', methodOf)
    .addOption(new Option('--jobs <number>', 'cases at once').argParser(wholeNumber(1, 64)).default(availableParallelism(), 'one a core'))
    .addOption(
      new Option('--scorers <folder>', 'where the scorer score.py is')
        .argParser((value) => resolve(value))
        .default(scorersBeside, '../shared/evals beside this project'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run eval:compare -- ./cases cue ./dreamed\n  $ npm run eval:compare -- ./cases ./before ./after\n',
    )
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .action(act);
}

/** A name without a folder of that name is a baseline; the scorer refuses one that it does not know. */
function methodOf(value: string): Method {
  return existsSync(value) || /[./\\]/.test(value) ? { stores: resolve(value) } : { baseline: value };
}
