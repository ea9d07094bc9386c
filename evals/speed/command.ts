/** What the measure of speed takes on the command line. */
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { wholeNumber } from '../../client/cli/options.ts';
import { maxSessionsPerDream } from '../../domain/limits.ts';
import type { Mix } from './sessions.ts';

export interface SpeedOptions {
  /** Megabytes (10^6) of transcript. */
  mb: number;
  /** Unless said otherwise one a megabyte. */
  sessions?: number;
  mix: Mix;
  seed: number;
  /** Data folder of a `dreams up` that runs already. */
  data?: string;
  out?: string;
}

export function speedCommand(act: (options: SpeedOptions) => Promise<void>): Command {
  return new Command('speed')
    .description(
      'Make sessions of invented text, import them and dream over them once, on servers of its own unless --data names some; print what the dream took.\nThe import is not counted, the dream is from asking for it to its end.',
    )
    .addOption(new Option('--mb <number>', 'megabytes of transcript').argParser(wholeNumber(1, 1_000)).default(20))
    .addOption(
      new Option('--sessions <number>', 'how many sessions hold them (one a megabyte)').argParser(wholeNumber(1, maxSessionsPerDream)),
    )
    .addOption(new Option('--mix <mix>', 'what they hold').choices(['coding', 'chat']).default('coding'))
    .addOption(new Option('--seed <number>', 'another seed, other text').argParser(wholeNumber(0, 1_000_000)).default(1))
    .option('--data <folder>', 'data folder of a running "dreams up" to use; a seed that it has not dreamt over yet', (value) =>
      resolve(value),
    )
    .option('--out <file>', 'write the figures there as JSON', (value) => resolve(value))
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run eval:speed -- --mb 20\n  $ npm run eval:speed -- --mb 100 --sessions 100 --out speed.json\n',
    )
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .action(act);
}
