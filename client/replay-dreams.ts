/** Replays finished runs: whether the code decides again what it decided then, and whether the rows are those that it worked with. */
import { withWorkspace } from '../db/database.ts';
import { countHistoryStates } from '../db/histories.ts';
import type { RunStatus } from '../db/history/summary.ts';
import type { Context } from './context.ts';
import { ArchivedBundles } from './replay/archived-bundles.ts';
import type { RowsVerdict } from './replay/compare-rows.ts';
import { compareRows } from './replay/compare-rows.ts';
import type { BrokenRun, FoundRun } from './replay/find-runs.ts';
import { archivedRuns, lostRuns, runInFile, runsOfDream } from './replay/find-runs.ts';
import type { HistoryFile } from './replay/read-history-file.ts';
import { ReplayProcess } from './replay/replay-process.ts';
import { inputOf, stepsOf } from './replay/run-steps.ts';
import { TodaysCode } from './replay/todays-code.ts';
import { installedVersion } from './version.ts';
import { detailOf, whereItDiffers } from './replay/where-it-differs.ts';
import type { WorkflowCode } from './replay/workflow-code.ts';

export interface ReplayRequest {
  dreamIds?: readonly string[];
  /** Every archived run of the workspace. */
  all?: boolean;
  files?: readonly HistoryFile[];
  /** Against the code that ran, instead of today's. */
  archived?: boolean;
}

export interface ReplayedRun {
  dream_id: string | null;
  /** null where the archive has lost the run, and its name with it. */
  run_id: string | null;
  source: 'archive' | 'server' | 'file';
  file: string | null;
  /** `running` while it goes on; `cut_off` where the history has no end and no server says that it goes on. */
  status: RunStatus | 'running' | 'cut_off' | null;
  /** How the dream ended, as its run had it. */
  outcome: string | null;
  events: number;
  /** Of its first and its last event; null where nothing says it. */
  first_event_at: string | null;
  last_event_at: string | null;
  /** `not_replayed`: there was nothing to replay, or nothing to replay it with; `cut_off`: the same as far as the history goes. */
  verdict: 'same' | 'cut_off' | 'differs' | 'failed' | 'not_replayed';
  /** The verdict in a sentence. */
  said: string;
  /** Where it differs first, if the SDK says. */
  event_id: string | null;
  ms: number | null;
  /** The first that its replay worker took: the start of that is in `ms`. */
  is_first: boolean;
  code: 'today' | 'archived';
  /** Of the code that ran it, and of the code that replayed it. */
  bundle_sha256: string | null;
  replayed_bundle_sha256: string | null;
  /** When it was replayed or looked at, and by which version of open-dreams. */
  replayed_at: string;
  open_dreams_version: string;
  /** Versions of the SDK that ran it and of the one that replayed it. */
  sdk: { ran: string | null; replayed: string | null };
  redacted_at: string | null;
  rows: RowsVerdict;
  /** Neither the replay nor the rows leave a doubt. */
  ok: boolean;
}

/** One run after the other: what was found, and the process that replays it, live as long as somebody asks for the next. */
export async function* replayDreams(context: Context | null, request: ReplayRequest): AsyncGenerator<ReplayedRun> {
  const replayer = new ReplayProcess();
  const code = context === null || request.archived !== true ? new TodaysCode() : new ArchivedBundles(context);
  try {
    for await (const found of findRuns(context, request))
      yield 'problem' in found ? broken(found, request) : await replayRun(context, found, { replayer, code });
  } finally {
    await replayer.close();
    await code.close();
  }
}

async function* findRuns(context: Context | null, request: ReplayRequest): AsyncGenerator<FoundRun | BrokenRun> {
  const byBundle = request.archived === true;
  // Read whole before anything is replayed: a file that holds none is a mistake of the call.
  const files = (request.files ?? []).map(runInFile);
  if (context !== null) {
    if (request.all === true) {
      yield* archivedRuns(context, { byBundle });
      yield* await lostRuns(context);
    }
    for (const dreamId of request.dreamIds ?? []) yield* runsOfDream(context, dreamId, byBundle);
  }
  yield* files;
}

/** Dreams that have ended, by what is kept of their runs. */
export async function countHistories(context: Context): Promise<Record<'due' | 'archived' | 'missing', number>> {
  return await withWorkspace(context.database, context.workspaceId, countHistoryStates, 'read only');
}

async function replayRun(
  context: Context | null,
  found: FoundRun,
  { replayer, code }: { replayer: ReplayProcess; code: WorkflowCode },
): Promise<ReplayedRun> {
  const { history, run, source, file, redactedAt } = found;
  const rows = await compareRows(context, history);
  const status = statusOf(found);
  const common = {
    dream_id: inputOf(history)?.dreamId ?? null,
    run_id: run.runId,
    source,
    file,
    status,
    outcome: outcomeOf(found),
    events: run.events,
    first_event_at: instant(run.startedAt),
    last_event_at: instant(run.closedAt),
    code: code.kind,
    bundle_sha256: run.bundleSha256,
    ...look(),
    redacted_at: redactedAt?.toISOString() ?? null,
    rows,
  };
  const notReplayed = {
    ...common,
    verdict: 'not_replayed' as const,
    event_id: null,
    ms: null,
    is_first: false,
    replayed_bundle_sha256: null,
    sdk: { ran: run.sdkVersion, replayed: null },
  };
  const rowsAreRight = rows.verdict !== 'differ';
  if (run.decisions === 0 && status === 'cut_off')
    return { ...notReplayed, said: 'the history has no end: it stops before a worker took the first step', ok: false };
  if (run.decisions === 0)
    return { ...notReplayed, said: 'the run ended before any worker took its first step, so there is nothing to replay', ok: rowsAreRight };
  const toRun = await code.find(run.bundleSha256);
  if ('problem' in toRun) return { ...notReplayed, said: toRun.problem, ok: false };
  const answer = await replayer.replay(history, run.workflowId, toRun.path);
  const name = code.kind === 'today' ? 'today’s code' : 'the code that ran it';
  const isCutOff = answer.verdict === 'same' && status === 'cut_off';
  const difference = answer.verdict === 'differs' ? whereItDiffers(history, answer.message, name) : null;
  const same = isCutOff
    ? `the history has no end: only its first ${String(run.events)} events were replayed`
    : `${name} decides the same at every step`;
  const said = difference?.said ?? (answer.verdict === 'same' ? same : `${name} could not replay it: ${detailOf(answer.message)}`);
  return {
    ...common,
    verdict: isCutOff ? 'cut_off' : answer.verdict,
    said,
    event_id: difference?.eventId ?? null,
    ms: answer.ms,
    is_first: answer.isFirst,
    replayed_bundle_sha256: toRun.sha256,
    sdk: { ran: run.sdkVersion, replayed: answer.sdkVersion },
    ok: answer.verdict === 'same' && !isCutOff && rowsAreRight,
  };
}

/** Only a server can say that a run goes on; a file or an archive that has no end has lost it. */
function statusOf({ run, source }: FoundRun): RunStatus | 'running' | 'cut_off' {
  return run.status ?? (source === 'server' ? 'running' : 'cut_off');
}

function outcomeOf({ history }: FoundRun): string | null {
  const outcome = stepsOf(history).findLast((step) => step.name === 'closeDream')?.answer?.['outcome'];
  return typeof outcome === 'string' ? outcome : null;
}

/** Who looked at a run, and when. */
function look(): Pick<ReplayedRun, 'replayed_at' | 'open_dreams_version'> {
  return { replayed_at: new Date().toISOString(), open_dreams_version: installedVersion() };
}

/** null for the time of an event that has none, or none that a calendar knows: files hold what they like. */
function instant(at: Date | null): string | null {
  const time = at?.getTime() ?? 0;
  return time === 0 || Number.isNaN(time) ? null : new Date(time).toISOString();
}

function broken(
  { dreamId, runId, bundleSha256, sdkVersion, startedAt, closedAt, problem }: BrokenRun,
  { archived }: ReplayRequest,
): ReplayedRun {
  return {
    dream_id: dreamId,
    run_id: runId,
    source: 'archive',
    file: null,
    status: null,
    outcome: null,
    events: 0,
    first_event_at: instant(startedAt),
    last_event_at: instant(closedAt),
    verdict: 'failed',
    said: problem,
    event_id: null,
    ms: null,
    is_first: false,
    code: archived === true ? 'archived' : 'today',
    bundle_sha256: bundleSha256,
    replayed_bundle_sha256: null,
    ...look(),
    sdk: { ran: sdkVersion, replayed: null },
    redacted_at: null,
    rows: {
      verdict: 'not_compared',
      said: runId === null ? 'there is no history' : 'the history cannot be read',
      differences: [],
      remarks: [],
    },
    ok: false,
  };
}
