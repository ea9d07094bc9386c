/** What the measure of orchestration takes on the command line. */
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { wholeNumber } from '../../client/cli/options.ts';
import { maxSessionsPerDream } from '../../domain/limits.ts';

export interface OrchestrationOptions {
  sessions: number;
  /** Windows a session is cut into. */
  windows: number;
  /** Lines of the input store. */
  lines: number;
  /** Milliseconds that each engine call takes. */
  latency: number;
  runs: number;
  seed: number;
  out?: string;
}

export function orchestrationCommand(act: (options: OrchestrationOptions) => Promise<void>): Command {
  return new Command('orchestration')
    .description(
      'Dream on servers of its own with an engine that takes the same time for each answer and computes nothing; print the wall time\n(from the start of the workflow to its end, by the server) over what the engine calls alone take with 8 of them in flight, and where the rest went.',
    )
    .addOption(new Option('--sessions <number>', 'sessions of each dream').argParser(wholeNumber(1, maxSessionsPerDream)).default(100))
    .addOption(new Option('--windows <number>', 'windows a session').argParser(wholeNumber(1, 20)).default(1))
    .addOption(new Option('--lines <number>', 'lines of the input store').argParser(wholeNumber(1, 20_000)).default(800))
    .addOption(new Option('--latency <ms>', 'what an engine call takes').argParser(wholeNumber(0, 60_000)).default(2_000))
    .addOption(
      new Option('--runs <number>', 'dreams, one after another; the worker is cold in the first').argParser(wholeNumber(1, 20)).default(3),
    )
    .addOption(new Option('--seed <number>', 'another seed, other text').argParser(wholeNumber(0, 1_000_000)).default(1))
    .option('--out <file>', 'write the figures there as JSON', (value) => resolve(value))
    .addHelpText(
      'after',
      '\nExamples:\n  $ npm run eval:orchestration\n  $ npm run eval:orchestration -- --latency 200 --runs 5 --out orchestration.json\n',
    )
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .action(act);
}
