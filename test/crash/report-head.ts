/** How the page begins: whether everything that was planned was done, and by name what did not recover. */
import type { Judged, Plannable, Result } from './results.ts';

const kinds: Record<Plannable, string> = {
  kill: 'SIGKILL',
  freeze: 'SIGSTOP',
  sigterm: 'SIGTERM',
  server: 'servers killed',
  race: 'races',
};

/** The first lines of the report. */
export function renderHead(results: readonly Result[]): string[] {
  return [...runsOfVitest(results), ...planned(results), ...notRecovered(results)];
}

function runsOfVitest(results: readonly Result[]): string[] {
  const lines = results.flatMap((result) => {
    if (result.kind !== 'vitest') return [];
    const { code, tests, passed, ms } = result;
    const counts = tests === null ? 'without a summary' : `${String(passed)} of ${String(tests)} tests passed`;
    return [`Vitest ended with ${String(code)} after ${String(Math.round(ms / 60_000))} minutes: ${counts}.`];
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

/** A run that its test never came to, or that outlived its test, has a plan and no result. */
function planned(results: readonly Result[]): string[] {
  const rows = Object.entries(kinds).flatMap(([kind, name]) => {
    const plans = results.filter((result) => result.kind === 'planned' && result.of === kind) as Extract<Result, { kind: 'planned' }>[];
    const recorded = results.filter((result) => result.kind === kind).length;
    if (plans.length === 0 && recorded === 0) return [];
    const runs = plans.reduce((sum, plan) => sum + plan.runs, 0);
    return [`| ${name} | ${String(runs)} | ${String(recorded)} | ${runs === recorded ? '' : '**not all**'} |`];
  });
  return rows.length === 0 ? [] : ['| | planned | recorded | |', '|---|---|---|---|', ...rows, ''];
}

function notRecovered(results: readonly Result[]): string[] {
  const names = results.flatMap((result) => {
    if (result.kind === 'race') return result.serial === result.rounds ? [] : [`- race: ${result.what}`];
    if (result.kind === 'soak')
      return result.failures === 0 ? [] : [`- ${String(result.failures)} dreams of the soak from ${String(result.seed)}`];
    if (!('recovered' in result) || result.recovered) return [];
    return [`- ${nameOf(result)}${result.differing === 0 ? '' : `: ${String(result.differing)} rows differ`}`];
  });
  return names.length === 0 ? ['Everything that was recorded recovered.', ''] : ['Did **not** recover:', '', ...names, ''];
}

function nameOf(run: Judged): string {
  switch (run.kind) {
    case 'kill':
      return `SIGKILL at ${run.point}, time ${String(run.occurrence)} (${run.scenario})`;
    case 'freeze':
      return `SIGSTOP at ${run.point}, thawed ${run.thawed} (${run.scenario})`;
    case 'sigterm':
      return `SIGTERM at ${run.point}, ${run.grace} the grace`;
    case 'server':
      return `${run.server} killed at ${run.point}, the worker goes on ${run.goesOn} (${run.scenario})`;
  }
}
