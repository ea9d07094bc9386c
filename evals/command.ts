/** What the driver takes on the command line. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { wholeNumber } from '../client/cli/options.ts';

export interface EvalOptions {
  out: string;
  model: string;
  jobs: number;
  /** Folder with the scorer. */
  scorers: string;
  data?: string;
  earlier?: string;
}

/** Beside the project's folder, where the cases are. */
export const scorersBeside = fileURLToPath(new URL('../../shared/evals', import.meta.url));
const mostJobs = 64;

export function evalCommand(act: (folder: string, options: EvalOptions) => Promise<void>): Command {
  return new Command('eval')
    .description(
      'Dream over each case of a folder and write <out>/<case>.json, the new store in the neutral form with its sources.\nA case is {memory_store, sessions, instructions?}; whatever else it holds is cut away before the product sees it.\nThe folder is a set of cases, or holds one folder a set; their stores then go to <out>/<set>/<case>.json.',
    )
    .argument('<folder>', 'cases, .json or .json.gz', folderOf)
    .requiredOption('--out <folder>', 'where the stores go', folderOf)
    .option('--model <id>', 'who judges', 'offline')
    .addOption(
      new Option('--jobs <number>', 'dreams at once')
        .argParser(wholeNumber(1, mostJobs))
        .default(Math.min(availableParallelism(), mostJobs), 'one a core'),
    )
    .option('--data <folder>', 'data folder of a running "dreams up" to use', folderOf)
    .addOption(
      new Option('--scorers <folder>', 'where the scorer run_all.py is')
        .argParser(folderOf)
        .default(scorersBeside, '../shared/evals beside this project'),
    )
    .option('--earlier <folder>', 'what an earlier run wrote, to be compared byte for byte', folderOf)
    .addHelpText(
      'after',
      '\nWithout --data, and unless DATABASE_URL and TEMPORAL_ADDRESS name servers that run with a worker, everything is started for the run and stopped after it.\n\nExamples:\n  $ npm run eval -- ./cases --out ./dreamed\n  $ npm run eval -- ./cases --out ./again --earlier ./dreamed --jobs 2\n  $ npm run eval -- ./cases --out ./dreamed --data ./try\n',
    )
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .action(act);
}

function folderOf(value: string): string {
  return resolve(value);
}
