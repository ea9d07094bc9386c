/** Whether the rows of a dream are those that its run worked with: the history holds their ids, digests and ends. */
import type { Transaction } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import { findDecision } from '../../db/decisions.ts';
import type { DraftRow } from '../../db/drafts.ts';
import { digestOfContents, findDraft } from '../../db/drafts.ts';
import type { DreamRow } from '../../db/dreams.ts';
import { findDream } from '../../db/dreams.ts';
import { readRewrites } from '../../db/erasure.ts';
import type { History } from '../../db/history/bytes.ts';
import { findDreamOperation } from '../../db/operations.ts';
import type { Context } from '../context.ts';
import type { RunStep } from './run-steps.ts';
import { inputOf, stepsOf } from './run-steps.ts';

export interface RowsVerdict {
  verdict: 'as_recorded' | 'differ' | 'not_compared';
  /** What was compared, by kind; or why nothing was. */
  said: string;
  differences: string[];
  /** What could not be looked at any more, each a sentence. */
  remarks: string[];
}

export async function compareRows(context: Context | null, history: History): Promise<RowsVerdict> {
  const input = inputOf(history);
  if (context === null) return notCompared('no database is known');
  if (input === null) return notCompared('the run was given no dream');
  if (input.workspaceId !== context.workspaceId) return notCompared(`the dream is one of the workspace ${input.workspaceId}`);
  return await withWorkspace(
    context.database,
    context.workspaceId,
    async (tx) => {
      const dream = await findDream(tx, input.dreamId);
      return dream === undefined ? notCompared('the dream is not in this database') : await compare(tx, dream, stepsOf(history));
    },
    'read only',
  );
}

function notCompared(said: string): RowsVerdict {
  return { verdict: 'not_compared', said, differences: [], remarks: [] };
}

async function compare(tx: Transaction, dream: DreamRow, steps: readonly RunStep[]): Promise<RowsVerdict> {
  const found = new Findings();
  for (const { name, given, answer } of steps) {
    if (answer === null) continue;
    if (name === 'stageDraft') await compareDraft(tx, found, answer);
    if (name === 'recordDecision') await compareDecision(tx, found, answer);
    if (name === 'commitDream') await compareCommit(tx, found, dream, given, answer);
    if (name === 'closeDream') compareEnd(found, dream, answer);
  }
  return found.verdict();
}

class Findings {
  readonly #counts = new Map<string, number>();
  readonly #differences: string[] = [];
  readonly #remarks = new Set<string>();

  same(kind: string, what: string, inHistory: unknown, inRows: unknown): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    if (inHistory !== inRows) this.#differences.push(`${what} is ${words(inRows)} in the database, and ${words(inHistory)} in the history`);
  }

  remark(sentence: string): void {
    this.#remarks.add(sentence);
  }

  verdict(): RowsVerdict {
    const kinds = [...this.#counts].map(([kind, count]) => (count === 1 ? kind : `${kind} ${String(count)} times`));
    const rest = { differences: this.#differences, remarks: [...this.#remarks] };
    if (kinds.length === 0)
      return { verdict: 'not_compared', said: 'the run ended before it made anything that could be compared', ...rest };
    return { verdict: this.#differences.length === 0 ? 'as_recorded' : 'differ', said: kinds.join(', '), ...rest };
  }
}

/** Ids, digests, words of ours and names; a name is not repeated. */
function words(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /^[\w.:-]{1,80}$/.test(text) ? text : 'something else';
}

async function compareDraft(tx: Transaction, found: Findings, answer: Record<string, unknown>): Promise<void> {
  const id = String(answer['draftId']);
  const draft = await findDraft(tx, id);
  found.same('draft', `the digest of the draft ${id}`, answer['digest'], draft?.digest);
  if (draft === undefined) return;
  const digest = await digestOfContents(tx, id);
  if (digest === draft.digest || !(await isLeftByErasure(tx, found, draft, digest)))
    found.same('contents of a draft', `the digest over the contents of the draft ${id}`, answer['digest'], digest);
}

/** An erasure rewrites drafts and cannot keep their digests, but its report has those that it left; any other contents are nobody's. */
async function isLeftByErasure(tx: Transaction, found: Findings, draft: DraftRow, digest: string): Promise<boolean> {
  const { digests, mayBeMore } = await readRewrites(tx, draft);
  if (digests.has(digest)) {
    found.remark(`the contents of the draft ${draft.id} are those that the erasure of a session left, and no longer those of its digest`);
    return true;
  }
  if (!mayBeMore) return false;
  found.remark(
    `a session was erased since, by a version that kept no digests, so the contents of the draft ${draft.id} can no longer be compared`,
  );
  return true;
}

/** Who, what and about which draft; a note may have been erased, here or there. */
async function compareDecision(tx: Transaction, found: Findings, answer: Record<string, unknown>): Promise<void> {
  const id = String(answer['draftId']);
  const row = await findDecision(tx, id);
  found.same('decision', `the verdict about the draft ${id}`, answer['verdict'], row?.verdict);
  if (row === undefined) return;
  found.same('its digest', `the digest that the decision about ${id} names`, answer['digest'], row.digest);
  found.same('what it left out', `what the decision about ${id} left out`, sorted(answer['excluded']), sorted(row.excluded));
  if (typeof answer['by'] === 'string' && /^\[(?:erased with|left out:) .*\]$/.test(answer['by']))
    found.remark('the name of who decided was taken out of the history, because a session was erased');
  else found.same('who decided', `who decided about the draft ${id}`, answer['by'], row.by);
}

function sorted(ids: unknown): string {
  return JSON.stringify((Array.isArray(ids) ? (ids as unknown[]) : []).map(String).sort());
}

async function compareCommit(
  tx: Transaction,
  found: Findings,
  dream: DreamRow,
  given: Record<string, unknown>,
  answer: Record<string, unknown>,
): Promise<void> {
  const id = String(given['draftId']);
  found.same('what was committed', `the digest of the draft ${id}`, given['digest'], (await findDraft(tx, id))?.digest);
  if (answer['operationId'] === null) return;
  found.same('operation', 'the operation of the commit', answer['operationId'], (await findDreamOperation(tx, dream.id))?.id);
}

function compareEnd(found: Findings, dream: DreamRow, answer: Record<string, unknown>): void {
  found.same('outcome', 'the outcome', answer['outcome'], dream.outcome);
  found.same('output store', 'the output store', answer['outputStoreId'] ?? null, dream.outputStoreId);
}
