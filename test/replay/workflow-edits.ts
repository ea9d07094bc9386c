import type { Edit } from './bundle-variants.ts';

const steps = 'steps.ts';
const dream = 'dream.ts';
const progress = 'progress.ts';

/** Edits of workflows/ after which every run of before replays, by what they change; docs/changing-a-workflow.md lists the same. */
export const safeEdits: Record<string, Edit[]> = {
  timeouts: [
    { file: steps, from: "startToCloseTimeout: '2 minutes'", to: "startToCloseTimeout: '7 minutes'" },
    { file: steps, from: "scheduleToCloseTimeout = '30 days'", to: "scheduleToCloseTimeout = '9 days'" },
    { file: steps, from: "heartbeatTimeout: '20 seconds'", to: "heartbeatTimeout: '50 seconds'" },
  ],
  retries: [
    {
      file: steps,
      from: "initialInterval: '2 seconds', maximumInterval: '2 minutes'",
      to: "initialInterval: '1 second', maximumAttempts: 9",
    },
    { file: steps, from: "  'store_archived',\n", to: '' },
  ],
  'the queue of a step': [{ file: steps, from: 'taskQueue: cpuTaskQueue(taskQueue)', to: "taskQueue: 'elsewhere'" }],
  summaries: [
    { file: dream, from: 'summary: `close: ${end.outcome}`', to: "summary: 'the end'" },
    { file: dream, from: 'summary: `commit ${', to: 'summary: `write ${' },
  ],
  'arguments of a step': [
    { file: dream, from: 'await steps.minePatterns(input);', to: 'await steps.minePatterns({ ...input, more: true } as never);' },
  ],
  'the result': [{ file: dream, from: 'return closed;', to: 'return { ...closed, more: true } as never;' }],
  'the current details': [{ file: progress, from: '| stage | packs |', to: '| step | packs |' }],
  'descriptions of messages': [{ file: progress, from: "'How far the dream is:", to: "'So far:" }],
  'the answer of a query': [{ file: progress, from: '() => ({ ...this.#state })', to: '() => ({ ...this.#state, more: true })' }],
  'log lines': [{ file: dream, from: "log.info('dream closed'", to: "log.warn('dream ended'" }],
  'the value of a search attribute': [
    { file: progress, from: '{ key: dreamStage, value: stage }', to: '{ key: dreamStage, value: `at ${stage}` }' },
  ],
  'the length of a timer': [
    { file: 'await-review.ts', from: '=> this.#decision !== undefined, timeoutMs)', to: '=> this.#decision !== undefined, timeoutMs * 2)' },
  ],
  'one more signal': [
    {
      file: dream,
      from: 'setHandler(\n    cancelDreamSignal',
      to: "setHandler(defineSignal('hurry'), () => undefined);\n  setHandler(\n    cancelDreamSignal",
    },
    { file: dream, from: '  condition,\n', to: '  condition,\n  defineSignal,\n' },
  ],
};

export interface CaughtEdit {
  edits: Edit[];
  /** The paths that it does not fit, and what is said of each of their histories. */
  histories: string[];
  says: RegExp;
}

/** Edits after which a run of before does not replay. */
export const caughtEdits: Record<string, CaughtEdit> = {
  'two steps swapped': {
    edits: [
      { file: dream, from: 'const snapshot = await steps.takeSnapshot(input);', to: 'const windows = await steps.planWindows(input);' },
      {
        file: dream,
        from: 'const windows = await steps.planWindows(input);\n  progress.count({ windows',
        to: 'const snapshot = await steps.takeSnapshot(input);\n  progress.count({ windows',
      },
      { file: dream, from: 'progress.count({ sessions: snapshot.sessions });', to: '' },
    ],
    histories: ['committed'],
    says: /scheduled event 'takeSnapshot' does not match activity type of activity command 'planWindows'/,
  },
  'an activity renamed': {
    edits: [
      {
        file: steps,
        from: 'minePatterns: engine.minePatterns',
        to: "minePatterns: (engine as never as Record<string, typeof engine.minePatterns>)['findPatterns'] as typeof engine.minePatterns",
      },
    ],
    histories: ['committed'],
    says: /scheduled event 'minePatterns' does not match activity type of activity command 'findPatterns'/,
  },
  'a step removed': {
    edits: [{ file: dream, from: 'await steps.minePatterns(input);', to: '' }],
    histories: ['committed'],
    says: /does not handle HistoryEvent\(id: \d+, ActivityTaskScheduled\)/,
  },
  'a step added': {
    edits: [
      { file: dream, from: 'await steps.minePatterns(input);', to: 'await steps.minePatterns(input);\n  await steps.groupClaims(input);' },
    ],
    histories: ['committed'],
    says: /Activity machine does not handle this event/,
  },
  'a timer added': {
    edits: [
      { file: dream, from: "progress.enter('minePatterns');", to: "await sleep(10);\n  progress.enter('minePatterns');" },
      { file: dream, from: '  setHandler,\n', to: '  setHandler,\n  sleep,\n' },
    ],
    histories: ['committed'],
    says: /Timer machine does not handle this event/,
  },
  'an update of a search attribute removed': {
    edits: [{ file: dream, from: 'upsertSearchAttributes([{ key: dreamOutcome, value: closed.outcome }]);', to: '' }],
    histories: ['rejected'],
    says: /does not handle this event: HistoryEvent\(id: \d+, UpsertWorkflowSearchAttributes\)/,
  },
  'fewer packs in flight': {
    edits: [{ file: dream, from: 'packsInFlight = 8', to: 'packsInFlight = 7' }],
    histories: ['committed-over-many-packs'],
    says: /ActivityTaskScheduled/,
  },
  // A run of more packs that fails or is cancelled never asked for the ninth.
  'more packs in flight': {
    edits: [{ file: dream, from: 'packsInFlight = 8', to: 'packsInFlight = 9' }],
    histories: ['failed-over-many-packs', 'canceled-over-many-packs'],
    says: /does not handle this event: HistoryEvent\(id: \d+, Upsert|Activity id of scheduled event/,
  },
  'fewer rounds of guards': {
    edits: [{ file: 'drafting.ts', from: 'maxRounds = 3', to: 'maxRounds = 2' }],
    histories: ['guard-refused-three-drafts'],
    says: /scheduled event 'stageDraft' does not match activity type of activity command 'closeDream'|ActivityTaskScheduled/,
  },
  'a conflict that fails at once': {
    edits: [{ file: dream, from: "if (snapshot.review === 'none') throw", to: 'throw' }],
    histories: ['update-existing-with-a-conflict'],
    says: /stageDraft|ActivityTaskScheduled/,
  },
};
