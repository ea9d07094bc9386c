import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { DreamsError } from '../../../domain/errors.ts';
import type { ReplayedRun, ReplayRequest } from '../../replay-dreams.ts';
import { replayDreams } from '../../replay-dreams.ts';
import type { HistoryFile } from '../../replay/read-history-file.ts';
import { isAnyServerKnown } from '../../up/find-servers.ts';
import type { Cli, CommonOptions } from '../cli.ts';
import { withClient } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { newCommand, withData, withExamples, withJson } from '../options.ts';
import type { ReplayTotals } from '../render/replay.ts';
import { renderReplay, renderTotals } from '../render/replay.ts';

interface ReplayOptions extends CommonOptions {
  all?: boolean;
  archived?: boolean;
}

export function replayCommand(cli: Cli): Command {
  const command = newCommand('replay', 'Replay finished runs, and say whether the code still decides the same and the rows are as recorded')
    .argument('[what...]', 'drm_..., or files with the history of a run')
    .option('--all', 'every archived run')
    .option('--archived', 'against the code that ran, instead of today’s');
  return withExamples(withJson(withData(command)), [
    'dreams replay drm_011CdExample',
    'dreams replay --all',
    'dreams replay drm_011CdExample --archived',
    'dreams replay history.json',
  ]).action(async (what: string[], { all, archived, ...options }: ReplayOptions) => {
    if (all !== true && what.length === 0)
      throw new DreamsError('invalid_input', 'Nothing to replay was named.', { hint: 'Name a dream or a file, or use --all.' });
    const request: ReplayRequest = {
      dreamIds: what.filter(isDream),
      files: await readFiles(what.filter((name) => !isDream(name))),
      all: all === true,
      archived: archived === true,
    };
    const report = new Report(cli, options.json === true);
    const needsDatabase = request.all === true || request.archived === true || (request.dreamIds ?? []).length > 0;
    if (!needsDatabase && !isAnyServerKnown(cli.environment(), options.data)) await report.all(replayDreams(null, request));
    else
      await withClient(cli, options, async (client) => {
        await report.all(client.replayDreams(request));
        if (request.all === true) report.left(await client.countHistories());
      });
    cli.exitCode = report.end();
  });
}

function isDream(name: string): boolean {
  return name.startsWith('drm_');
}

async function readFiles(paths: readonly string[]): Promise<HistoryFile[]> {
  const files: HistoryFile[] = [];
  for (const path of paths) {
    try {
      files.push({ path, bytes: await readFile(path) });
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT')
        throw new DreamsError('not_found', `There is no dream and no file ${JSON.stringify(path)}.`, {
          hint: 'A dream is named drm_...',
          cause,
        });
      throw new DreamsError('invalid_input', `${JSON.stringify(path)} cannot be read (${code ?? 'unknown'}).`, { cause });
    }
  }
  return files;
}

/** People read each verdict as it comes; scripts get one line at the end. */
class Report {
  readonly #cli: Cli;
  readonly #asJson: boolean;
  readonly #runs: ReplayedRun[] = [];
  readonly #totals: ReplayTotals = { runs: 0, same: 0, notReplayed: 0, cutOff: 0, timed: 0, ms: 0, wrong: 0, rowsDiffer: 0 };
  #left: Record<'due' | 'archived' | 'missing', number> | null = null;

  constructor(cli: Cli, asJson: boolean) {
    this.#cli = cli;
    this.#asJson = asJson;
  }

  async all(runs: AsyncIterable<ReplayedRun>): Promise<void> {
    for await (const run of runs) {
      if (this.#asJson) this.#runs.push(run);
      else this.#cli.terminal.result(renderReplay(run));
      const totals = this.#totals;
      totals.runs += 1;
      if (run.verdict === 'same') totals.same += 1;
      if (run.verdict === 'same' && !run.is_first) {
        totals.timed += 1;
        totals.ms += run.ms ?? 0;
      }
      if (run.verdict === 'cut_off') totals.cutOff += 1;
      if (run.verdict === 'not_replayed') totals.notReplayed += 1;
      if (run.rows.verdict === 'differ') totals.rowsDiffer += 1;
      if (!run.ok && (run.verdict !== 'cut_off' || run.rows.verdict === 'differ')) totals.wrong += 1;
    }
  }

  left(states: Record<'due' | 'archived' | 'missing', number>): void {
    this.#left = states;
  }

  end(): number {
    const { terminal } = this.#cli;
    const ok = this.#totals.wrong + this.#totals.cutOff === 0;
    if (this.#asJson) terminal.json({ ok, runs: this.#runs, ...(this.#left === null ? {} : { dreams: this.#left }) });
    else {
      const unknown = this.#left ?? { due: 0, missing: 0 };
      if (this.#totals.runs !== 1 || unknown.due + unknown.missing > 0) terminal.result(renderTotals(this.#totals, unknown));
    }
    return ok ? exitCodes.done : exitCodes.failed;
  }
}
