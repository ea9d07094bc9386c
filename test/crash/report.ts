import { faultPoints } from '../../activities/effect.ts';
import { renderHead } from './report-head.ts';
import type { Result } from './results.ts';

type Kind<K extends Result['kind']> = Extract<Result, { kind: K }>;

function of<K extends Result['kind']>(results: readonly Result[], kind: K): Kind<K>[] {
  return results.filter((result): result is Kind<K> => result.kind === kind);
}

interface Judged {
  recovered: boolean;
  differing: number;
  ms: number;
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function summary(results: readonly Judged[]): string {
  const recovered = results.filter((result) => result.recovered).length;
  const differing = results.filter((result) => result.differing > 0).length;
  const times = results.map((result) => result.ms);
  return `${String(results.length)} | ${String(recovered)} | ${String(differing)} | ${seconds(median(times))} | ${seconds(Math.max(0, ...times))}`;
}

const head = ['| | runs | recovered | differing | median s | longest s |', '|---|---|---|---|---|---|'];

/** A row for each value of `name`, in the order in which they come. */
function table<R extends Judged>(results: readonly R[], name: (result: R) => string): string[] {
  const names = [...new Set(results.map(name))];
  return [...head, ...names.map((value) => `| ${value} | ${summary(results.filter((result) => name(result) === value))} |`)];
}

/** The matrix for people: what was done to dreams, and how many ended as if nothing had been. */
export function renderReport(results: readonly Result[]): string {
  const kills = of(results, 'kill').sort(
    (a, b) => faultPoints.findIndex((p) => p === a.point) - faultPoints.findIndex((p) => p === b.point),
  );
  const freezes = of(results, 'freeze');
  const sigterms = of(results, 'sigterm');
  const servers = of(results, 'server');
  const races = of(results, 'race');
  const soaks = of(results, 'soak');
  const reached = new Set(kills.map((kill) => kill.point));
  const notKilled = faultPoints.filter((point) => !reached.has(point));
  const extra = kills.reduce((sum, kill) => sum + kill.extraAnswers, 0);
  return [
    '# Crash matrix, 2026-11-23',
    '',
    ...renderHead(results),
    'A dream with five sessions over a store of three files, with the offline engine, on a real PostgreSQL and a real Temporal server. "Recovered" means: the',
    'run ended in the same way, with the same digest of the committed store and the same rows in every table as its undisturbed twin, no answer was asked for again that had',
    'been stored or was in no dead hands, and after a kill the archive has one history of each run, and one bundle. Not compared are times, the id of the workflow, the',
    'contents of histories and bundles, and the order of live events, of which only is checked that none is missing and nothing but a new beginning comes behind an end.',
    'Made by `npm run test:crash -- --report FILE`; see test/crash/README.md.',
    '',
    '## SIGKILL',
    '',
    `${String(reached.size)} of ${String(faultPoints.length)} fault points, ${String(kills.length)} kills, ${String(kills.filter((kill) => kill.recovered).length)} recovered, ${String(kills.filter((kill) => kill.differing > 0).length)} differing.`,
    ...(notKilled.length === 0 ? [] : [`Not killed at: ${notKilled.join(', ')}.`]),
    `Answers asked for again: ${String(extra)}; after each kill at most as many as its process had in hand between the answer and its storing, as is asserted.`,
    '',
    ...table(kills, (kill) => kill.point),
    '',
    ...section('SIGSTOP past the heartbeat timeout, then SIGCONT', freezes, (freeze) => freeze.thawed),
    ...section('SIGTERM', sigterms, (sigterm) => `${sigterm.grace} the grace: ${sigterm.point}`),
    ...section('Servers killed and restarted', servers, (server) => `${server.server} at ${server.point}`),
    ...(races.length === 0
      ? []
      : [
          '## Two commits at once',
          '',
          '| | rounds | one of the serial results |',
          '|---|---|---|',
          ...races.map((race) => `| ${race.what} | ${String(race.rounds)} | ${String(race.serial)} |`),
          '',
        ]),
    ...(soaks.length === 0
      ? []
      : [
          '## Soak',
          '',
          '| seed | dreams | faults | failures | minutes |',
          '|---|---|---|---|---|',
          ...soaks.map(
            (soak) =>
              `| ${String(soak.seed)} | ${String(soak.dreams)} | ${String(soak.faults)} | ${String(soak.failures)} | ${soak.minutes.toFixed(1)} |`,
          ),
          '',
        ]),
  ].join('\n');
}

function section<R extends Judged>(title: string, results: readonly R[], name: (result: R) => string): string[] {
  if (results.length === 0) return [];
  return [
    `## ${title}`,
    '',
    `All: ${String(results.length)}, recovered ${String(results.filter((result) => result.recovered).length)}.`,
    '',
    ...table(results, name),
    '',
  ];
}
