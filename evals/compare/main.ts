/** Compares two methods over folders of cases and prints a table a set. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catchInterrupts } from '../../client/cli/interrupts.ts';
import { reportError } from '../../client/cli/report-error.ts';
import { Terminal } from '../../client/cli/terminal.ts';
import { DreamsError } from '../../domain/errors.ts';
import type { CaseSet } from '../list-sets.ts';
import { listSets } from '../list-sets.ts';
import type { CompareOptions } from './command.ts';
import { compareCommand } from './command.ts';
import { compareSet } from './compare-sets.ts';
import { compareTable } from './compare-table.ts';
import type { Method } from './score-case.ts';

const terminal = new Terminal({ stdout: process.stdout, stderr: process.stderr });
const interrupts = catchInterrupts();
const signal = interrupts.take();

async function compare(folder: string, a: Method, b: Method, { jobs, scorers }: CompareOptions): Promise<void> {
  if (!existsSync(join(scorers, 'score.py')))
    throw new DreamsError('not_found', `${JSON.stringify(scorers)} holds no score.py.`, { hint: '--scorers names the folder that does.' });
  for (const set of listSets(folder)) {
    terminal.progress(`Scoring ${set.name}`);
    const { cases, lines } = await compareSet(set, { a: ofSet(a, set), b: ofSet(b, set), jobs, scorers, signal });
    const title = `${set.name}: A = ${nameOf(a)}, B = ${nameOf(b)}, ${String(cases)} of ${String(set.cases.length)} cases`;
    terminal.result(cases === 0 ? `${title}\n\nNo case has a store of both.\n` : `${title}\n\n${compareTable(lines)}\n`);
  }
}

/** A run over a folder of sets keeps each set's stores in a folder of its own. */
function ofSet(method: Method, { place }: CaseSet): Method {
  return 'stores' in method ? { stores: join(method.stores, place) } : method;
}

function nameOf(method: Method): string {
  return 'stores' in method ? method.stores : method.baseline;
}

try {
  await compareCommand(compare).parseAsync();
} catch (error) {
  process.exitCode = reportError(error, terminal, false);
} finally {
  interrupts.release();
}
