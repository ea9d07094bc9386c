/** Histories are kept for years and shown to operators: ids, counts, hashes, codes and sentences of ours, nothing that anybody said. */
import { expect, it } from 'vitest';
import { dreamSteps } from '../../domain/dream.ts';
import { allGuards } from '../../domain/guards/all-guards.ts';
import { recordedHistories } from '../histories/read.ts';

/** Codes of ours and of Temporal, and the names that the recording gives. */
const words = new Set([
  ...['', ...dreamSteps, 'recordDecision', 'dream', 'default', 'pending', 'test', 'a reviewer', 'open-dreams', 'recorder', 'sticky'],
  ...['none', 'required', 'approve', 'reject', 'commit', 'signal', 'update', 'timeout', 'decide', 'of another draft', 'a test', 'Server'],
  ...['approveDream', 'rejectDream', 'cancelDream', 'completed', 'canceled', 'failed', 'committed', 'rejected', 'expired'],
  ...['invalid_input', 'invalid_path', 'invalid_draft', 'not_found', 'store_not_found', 'session_not_found', 'dream_not_found'],
  ...['alias_not_found', 'unknown_change', 'too_many_sessions', 'store_too_large', 'transcript_invalid', 'dream_closed', 'store_changed'],
  ...[
    'draft_changed',
    'already_decided',
    'store_archived',
    'store_held',
    'verification_failed',
    'engine_unknown',
    'engine_refused',
    'engine_failed',
  ],
  // Of the steps that stand in for ours in one path.
  ...['sesn_1', 'memstore_1', 'memstore_2'],
  ...['model_error', 'internal_error', ...allGuards.map((guard) => guard.name), 'temporal-typescript', 'TypeScriptSDK'],
  ...['ApplicationFailure', 'CanceledFailure', 'Activity cancelled', 'activity Heartbeat timeout', 'Activity task failed'],
]);

const id = /(?:drm|memstore|sesn|drft|op|chg)_01[1-9A-HJ-NP-Za-km-z]+/.source;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.source;
const dreamOfTests = `(?:${id}|drm_${uuid})`;
const ofFailure = [
  String.raw`The engine (?:refused the request|failed and may be asked again)\. \(step \w+, dream ${id}\)`,
  String.raw`After \d drafts the guards still refuse: [a-z-]+\.`,
  String.raw`A path was changed both by the dream and by others while it ran; "dreams diff" shows both sides\. Nothing was written; dream again\.`,
].join('|');
const forms = [
  ...[dreamOfTests, id, uuid, `${uuid}/request`, 'request-from-RespondWorkflowTaskCompleted', /[0-9a-f]{64}/.source],
  ...[/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/.source, /\d+(?:\.\d+)*s?/.source, /[A-Z]+(?:_[A-Z]+)*/.source],
  /@temporalio\/worker@[\d.]+(?:\+[0-9a-f]{64})?/.source,
  // Queues of the tests, and summaries.
  ...[String.raw`(?:test-\d+-\d+|workflow-${uuid})(?:-cpu)?`, /signal \d/.source],
  /Dream over \d+ sessions? \(test\)/.source,
  String.raw`\| \| \|\n\|---\|---\|\n\| dream \| ${dreamOfTests} \|\n\| input store \| memstore_\w+ \|\n\| sessions \| \d+ \|\n\| workspace \| default \|`,
  /(?:extract|reconcile) pack \d+\/\d+(?:, \d+ windows?)?/.source,
  /(?:stage|check) draft \d+(?:, \d+ changes left out)?/.source,
  /(?:put \d+ changes? before a reviewer|record: (?:approve|reject) by (?:update|signal|timeout)|commit \d+ changes?|close: \w+)/.source,
  // Failures, alone or at the head of their stack.
  String.raw`(?:ApplicationFailure: )?(?:${ofFailure})(?:\n +at (?!\/)[\w .<>@:+-]+(?:\/[\w .<>@:+-]+)*(?: ?\((?!\/)[\w .<>@:+/-]+\))?)*`,
];
const form = new RegExp(`^(?:${forms.join('|')})$`);

const isKnown = (text: string) => words.has(text) || form.test(text);

/** Every string of a history, those within payloads too. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  const { metadata, data } = value as { metadata?: { encoding?: unknown }; data?: unknown };
  if (typeof data === 'string' && metadata?.encoding !== undefined)
    return strings(JSON.parse(Buffer.from(data, 'base64').toString()) as unknown);
  return Object.values(value).flatMap(strings);
}

it('recorded histories hold ids, counts, hashes, codes and sentences of ours, and nothing else', () => {
  const others = recordedHistories().flatMap(({ name, history }) =>
    strings(history)
      .filter((text) => !isKnown(text))
      .map((text) => [name, text]),
  );
  expect(others).toEqual([]);
});

it.each([
  'After 3 drafts the guards still refuse: no-secret.\n    at dream (/home/somebody/workflows/dream.ts:1:1)',
  'Lisbon',
  'Deploys go out on Thursdays.',
  'The engine refused the request: port 4100',
  'memstore_1 and more',
])('would notice %j', (text) => {
  expect(isKnown(text)).toBe(false);
});
