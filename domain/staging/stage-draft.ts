// Turns proposals into a draft: files in which only what changed differs, the change list, and where each line comes from.
import type { Change } from '../change.ts';
import type { Claim } from '../claim.ts';
import type { Draft, DraftFile } from '../draft.ts';
import type { CandidateFact } from '../fact.ts';
import { sha256Hex } from '../hash.ts';
import { deriveId } from '../ids.ts';
import { indexOver, isGeneratedIndex } from '../index-file.ts';
import { maxMemoryBytes } from '../limits.ts';
import type { Proposal } from '../proposal.ts';
import type { DraftReport } from '../report.ts';
import { utf8Length } from '../utf8.ts';
import { draftDigest } from './draft-digest.ts';
import { stageFiles, type StagedFiles } from './stage-files.ts';

export interface StageMemory {
  memoryId: string;
  memoryVersionId: string;
  path: string;
  content: string;
}

export interface StageInput {
  dreamId: string;
  round: number;
  memories: readonly StageMemory[];
  claims: readonly Claim[];
  facts: ReadonlyMap<string, CandidateFact>;
  proposals: readonly Proposal[];
  /** Keys or ids of changes that a guard or a reviewer refused. */
  refused: ReadonlySet<string>;
  protect: readonly string[];
  /** Share of the input's claims that may be retired, 0..1. */
  retireCap: number;
  /** The topic of a claim that no proposal names one for; without it only proposals have topics. */
  topicOf?: (claim: Claim) => string | null;
}

export interface StagedDraft {
  draft: Draft;
  report: DraftReport;
}

/** Laying out again what was laid out must change nothing, so the layout is repeated until it rests. */
const maxLayouts = 4;

/** Pure: the same input in any order gives the same draft. */
export function stageDraft(input: StageInput): StagedDraft {
  return draftOf(input, layOut(input).staged);
}

/** The files as they rest, and those that grew too large to take a replaced text in its place. */
export function layOut(input: StageInput): { staged: StagedFiles; overfull: ReadonlySet<string> } {
  const overfull = new Set<string>();
  let staged = stageFiles(input, overfull);
  for (let layout = 1; layout < maxLayouts; layout++) {
    const full = staged.files.filter(
      (file) => utf8Length(file.content) > maxMemoryBytes && staged.replacedIn.has(file.path) && !overfull.has(file.path),
    );
    if (full.length === 0) break;
    for (const file of full) overfull.add(file.path);
    staged = stageFiles(input, overfull);
  }
  return { staged, overfull };
}

/** The staged files with their index, hashes, digest and report. */
export function draftOf(input: StageInput, staged: StagedFiles): StagedDraft {
  const memories = input.memories.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const withIndex = addIndex(staged, memories, input.protect);
  const files = withIndex
    .map((file): DraftFile => ({ ...file, sha256: sha256Hex(file.content) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const paths = new Set(files.map((file) => file.path));
  const draft: Draft = {
    id: deriveId('drft', input.dreamId, 'stageDraft', `round ${input.round}`),
    digest: draftDigest(files, staged.changes),
    files,
    deleted: memories.map((memory) => memory.path).filter((path) => !paths.has(path)),
    claims: staged.claims,
    changes: staged.changes,
  };
  return { draft, report: reportOf(input, memories, draft, staged) };
}

function addIndex(staged: StagedFiles, memories: readonly StageMemory[], protect: readonly string[]): Omit<DraftFile, 'sha256'>[] {
  const notes = staged.files.filter((file) => !isGeneratedIndex(file, protect));
  const ids = new Map(memories.map((memory) => [memory.path, memory.memoryId]));
  const made = indexOver(notes, memories, protect);
  const paths = new Set(made.map((file) => file.path));
  return [...notes.filter((file) => !paths.has(file.path)), ...made.map((file) => ({ ...file, memoryId: ids.get(file.path) ?? null }))];
}

function reportOf(input: StageInput, memories: readonly StageMemory[], draft: Draft, staged: StagedFiles): DraftReport {
  const before = new Map(memories.map((memory) => [memory.path, memory.content]));
  const known = draft.files.filter((file) => before.has(file.path));
  const unchanged = known.filter((file) => before.get(file.path) === file.content).length;
  return {
    counts: countBy(draft.changes, (change: Change) => change.kind),
    reasons: countBy(draft.changes, (change: Change) => change.reasonCode),
    files: { created: draft.files.length - known.length, changed: known.length - unchanged, unchanged, deleted: draft.deleted.length },
    claims: { before: input.claims.length, after: draft.claims.length },
    dropped: staged.dropped,
    keptByCap: staged.keptByCap,
    guards: [],
  };
}

function countBy<T, K extends string>(items: readonly T[], nameOf: (item: T) => K): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const name of items.map(nameOf).sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

export { changeKey } from './change-key.ts';
