// Stages a reviewed draft again without the changes that were left out: nothing enters that nobody has seen.
import type { Change } from '../change.ts';
import { DreamsError } from '../errors.ts';
import type { LeftOut, LeftOutWhy } from '../operation.ts';
import { draftOf, layOut, type StagedDraft, type StageInput } from './stage-draft.ts';
import { stageFiles, type StagedFiles } from './stage-files.ts';

/** How the files of a reviewed draft were laid out, before anything was taken back. */
export interface ReviewedLayout {
  /** What guards had refused. */
  refused: ReadonlySet<string>;
  overfull: ReadonlySet<string>;
}

export interface RestageInput extends Omit<StageInput, 'refused'> {
  layout: ReviewedLayout;
  /** The changes that were looked at. */
  reviewed: readonly Change[];
  /** Ids of changes to leave out, and why. */
  leftOut: ReadonlyMap<string, LeftOutWhy>;
  /** Paths that somebody else touched: no change may concern them. */
  conflicts: ReadonlySet<string>;
}

export interface RestagedDraft extends StagedDraft {
  /** The reviewed changes that are not in the draft, and others that had to be kept out of it. */
  leftOut: Map<string, LeftOutWhy>;
}

/**
 * Lays the files out as they were reviewed and then takes the changes back that were left out, so that every other one comes
 * out where it was seen. A line stands elsewhere than in the reviewed draft only where its move was taken back.
 */
export function restageDraft(restage: RestageInput): RestagedDraft {
  const { layout, ...rest } = restage;
  const input = { ...rest, refused: layout.refused };
  let leftOut = new Map(input.leftOut);
  for (const change of input.reviewed)
    if (touchesAny(change, input.conflicts) && !leftOut.has(change.id)) leftOut.set(change.id, 'conflict');
  // Ends: each round takes back at least one more of the changes that the layout has.
  for (;;) {
    const staged = stageFiles(input, layout.overfull, leftOut);
    const unfit = unfitChanges(input, staged);
    const stuck = [...unfit.keys()].find((id) => leftOut.has(id));
    if (stuck !== undefined) throw new DreamsError('invalid_draft', `The change ${stuck} cannot be left out of the draft.`);
    leftOut = new Map([...leftOut, ...staged.leftOut, ...unfit]);
    if (unfit.size === 0) return { ...draftOf(input, staged), leftOut: withMissing(input.reviewed, staged, leftOut) };
  }
}

/**
 * Of the drafts up to the reviewed one, newest first, the layout of the first that only guards had a say in and that staging
 * still comes to; later ones were restaged themselves.
 */
export function findLayout(
  input: Omit<StageInput, 'refused'>,
  drafts: readonly { digest: string; leftOut: readonly LeftOut[] }[],
): ReviewedLayout {
  const candidates = drafts.filter(({ leftOut }) => leftOut.every(({ why }) => why === 'guard'));
  let newest: ReviewedLayout | null = null;
  for (const { digest, leftOut } of candidates) {
    const refused = new Set(leftOut.map(({ changeId }) => changeId));
    const { staged, overfull } = layOut({ ...input, refused });
    const layout = { refused, overfull };
    if (draftOf({ ...input, refused }, staged).draft.digest === digest) return layout;
    newest ??= layout;
  }
  // None: another version of this program staged them, and what it does otherwise is left out.
  return newest ?? { refused: new Set(), overfull: new Set() };
}

/** Changes that nobody has seen as they are now, and those that ended up in a path of somebody else's. */
function unfitChanges({ reviewed, conflicts }: Pick<RestageInput, 'reviewed' | 'conflicts'>, staged: StagedFiles): Map<string, LeftOutWhy> {
  const seen = new Map(reviewed.map((change) => [change.id, substance(change)]));
  const unfit = new Map<string, LeftOutWhy>();
  for (const change of staged.changes) {
    if (touchesAny(change, conflicts)) unfit.set(change.id, 'conflict');
    else if (seen.get(change.id) !== substance(change)) unfit.set(change.id, 'unapproved');
  }
  return unfit;
}

/** What a reviewer agrees to; the file may differ where a move was taken back. */
function substance({ kind, after, removed }: Change): string {
  return JSON.stringify([kind, after, removed.map((entry) => entry.claimId)]);
}

/** A newer version of this program may stage the same proposals differently: what it does not come to any more is said to be left out. */
function withMissing(reviewed: readonly Change[], staged: StagedFiles, leftOut: Map<string, LeftOutWhy>): Map<string, LeftOutWhy> {
  const standing = new Set(staged.changes.map((change) => change.id));
  for (const { id } of reviewed) if (!standing.has(id) && !leftOut.has(id)) leftOut.set(id, 'unapproved');
  return leftOut;
}

function touchesAny(change: Change, paths: ReadonlySet<string>): boolean {
  return paths.has(change.path) || change.removed.some((removed) => paths.has(removed.path));
}
