/** What a replay found, a run in two or three lines. */
import type { ReplayedRun } from '../../replay-dreams.ts';
import { style } from '../terminal.ts';
import { counted, day, excerpt, minute } from './words.ts';

const marks = { same: 'same', cut_off: 'cut off', differs: 'differs', failed: 'failed', not_replayed: 'not replayed' } as const;

export function renderReplay(run: ReplayedRun): string {
  const colour = run.ok ? 'green' : 'red';
  const name = run.dream_id ?? run.file ?? 'a run';
  const runId = run.run_id === null ? 'no run' : `run ${excerpt(run.run_id, 60)}`;
  const end = [
    run.status?.replace('cut_off', 'cut off') ?? (run.run_id === null ? 'lost' : 'unreadable'),
    ...(run.outcome === null ? [] : [run.outcome]),
  ].join(', ');
  return [
    `${style('bold', excerpt(name, 200))}  ${runId}  ${end}  ${counted(run.events, 'event')}${timeOf(run)}`,
    `  ${style(colour, marks[run.verdict])}: ${excerpt(run.said, 400)}`,
    ...about(run).map((line) => `  ${line}`),
    `  rows: ${rowsLine(run)}`,
    ...run.rows.differences.map((line) => `    ${style('red', 'differs')}: ${excerpt(line, 300)}`),
    ...run.rows.remarks.map((line) => `    ${excerpt(line, 300)}`),
  ].join('\n');
}

function timeOf({ ms, is_first }: ReplayedRun): string {
  if (ms === null) return '';
  return `  ${String(ms)} ms${is_first ? ' with the start' : ''}`;
}

/** What the reader must know to judge the verdict. */
function about(run: ReplayedRun): string[] {
  const { source, file, sdk, redacted_at } = run;
  return [
    whenAndWith(run),
    ...(source === 'server' ? ['from the Temporal server: it is not archived yet'] : []),
    ...(source === 'file' ? [`from the file ${excerpt(file ?? '', 200)}`] : []),
    ...(run.code === 'archived' && sdk.replayed !== null && sdk.ran !== sdk.replayed
      ? ['the SDK is another one now: a difference may be its']
      : []),
    ...(redacted_at === null ? [] : [`words of an erased session were taken out of this history on ${day(redacted_at)}`]),
  ];
}

/** Without it a verdict that somebody kept says nothing a year later. */
function whenAndWith(run: ReplayedRun): string {
  const { first_event_at: first, last_event_at: last, sdk } = run;
  const ran = first === null || last === null ? 'ran nobody knows when' : `ran ${minute(first)} to ${minute(last)} UTC`;
  const then = `${ran}${run.status === 'running' ? ' so far' : ''}, ${codeAndSdk(run.bundle_sha256, sdk.ran)}`;
  const looked = `${sdk.replayed === null ? 'looked at' : 'replayed'} ${minute(run.replayed_at)} UTC by open-dreams ${run.open_dreams_version}`;
  return `${then}; ${looked}${sdk.replayed === null ? '' : `, ${codeAndSdk(run.replayed_bundle_sha256, sdk.replayed)}`}`;
}

function codeAndSdk(sha256: string | null, sdkVersion: string | null): string {
  return `code ${sha256?.slice(0, 12) ?? 'unknown'}, SDK ${sdkVersion === null ? 'unknown' : excerpt(sdkVersion, 40)}`;
}

function rowsLine({ rows }: ReplayedRun): string {
  if (rows.verdict === 'as_recorded') return `as recorded (${rows.said})`;
  if (rows.verdict === 'differ') return `not as recorded (${rows.said})`;
  return `not compared: ${rows.said}`;
}

export interface ReplayTotals {
  runs: number;
  same: number;
  notReplayed: number;
  cutOff: number;
  /** Without the first of each replay worker, whose time holds the start of the worker. */
  timed: number;
  ms: number;
  /** Those that are cut off and otherwise right are not among them. */
  wrong: number;
  rowsDiffer: number;
}

/** Dreams that have ended and of which there is nothing to replay. */
export interface UnknownDreams {
  missing: number;
  /** Not archived yet. */
  due: number;
}

export function renderTotals(totals: ReplayTotals, unknown: UnknownDreams): string {
  const verdict = verdictOf(totals, unknown);
  return unknown.missing + unknown.due === 0 ? verdict : `${verdict} ${style('yellow', nothingToSay(unknown))}`;
}

function verdictOf(
  { runs, same, notReplayed, cutOff, timed, ms, wrong, rowsDiffer }: ReplayTotals,
  { missing, due }: UnknownDreams,
): string {
  if (runs === 0) return 'Nothing was replayed: no run is archived.';
  const parts = [
    counted(runs, 'run'),
    `${String(same)} the same${timed === 0 ? '' : `, ${(ms / timed).toFixed(0)} ms each after the start`}`,
    ...(cutOff === 0 ? [] : [`${String(cutOff)} cut off`]),
    ...(notReplayed === 0 ? [] : [`${String(notReplayed)} not replayed`]),
    ...(rowsDiffer === 0 ? [] : [`${String(rowsDiffer)} with rows that differ`]),
  ];
  const verdict =
    wrong === 0 && cutOff > 0
      ? style('red', 'Not everything could be replayed')
      : wrong === 0
        ? style('green', missing + due === 0 ? 'Nothing is wrong' : 'Nothing is wrong in what was replayed')
        : style('red', `${counted(wrong, 'run')} ${wrong === 1 ? 'is' : 'are'} not as recorded`);
  return `${verdict}: ${parts.join(', ')}.`;
}

/** In the verdict itself: a reader must not take dreams that nobody could look at for right ones. */
function nothingToSay({ missing, due }: UnknownDreams): string {
  const why = [
    ...(missing === 0 ? [] : [`${counted(missing, 'history', 'histories')} ${missing === 1 ? 'is' : 'are'} missing`]),
    ...(due === 0 ? [] : [`${due.toLocaleString('en-US')} ${due === 1 ? 'is' : 'are'} not archived yet`]),
  ];
  return `Of ${counted(missing + due, 'dream')} nothing can be said: ${why.join(', ')}.`;
}
