/** What the driver of nights takes on the command line: that of one dream, and how many nights. */
import type { Command } from 'commander';
import { Option } from 'commander';
import { wholeNumber } from '../../client/cli/options.ts';
import { evalCommand } from '../command.ts';
import type { EvalOptions } from '../command.ts';

export interface NightsOptions extends Omit<EvalOptions, 'earlier'> {
  nights: number;
}

const mostNights = 100;

export function nightsCommand(act: (folder: string, options: NightsOptions) => Promise<void>): Command {
  // Its own options and their defaults; the comparison with an earlier run is not asked for here.
  return evalCommand(async (folder, { earlier: _earlier, ...options }) => await act(folder, options as NightsOptions))
    .name('eval:nights')
    .description(
      'Dream over each case of a folder once with all its sessions, and once night after night with a share of them, each dream on the store of the one before.\nThe stores go to <out>/one and <out>/nights in the neutral form; a table says how far they are from each other.',
    )
    .addOption(new Option('--nights <number>', 'dreams in a row').argParser(wholeNumber(1, mostNights)).default(10));
}
