// Which statements of a memory somebody wrote by hand, and when: those that the text before the edit did not hold.
import { readBlocks } from '../../domain/markdown/read-blocks.ts';
import type { RecordedClaim } from './parse-claims.ts';

/**
 * `edits`: those that led to this text, the newest first. By a statement's words alone, so that a line that was only moved,
 * indented or given another marker is no newer than it was.
 */
export function handWritten(content: string, edits: readonly { at: string; before: string }[]): RecordedClaim[] {
  const steps = edits.map(({ at, before }) => ({ at, held: new Set(statementsOf(before).map(({ text }) => text)) }));
  if (steps.length === 0) return [];
  return statementsOf(content).flatMap(({ start, end, text }) => {
    const step = steps.find(({ held }) => !held.has(text));
    return step === undefined ? [] : [{ start, end, text, origin: 'user', evidence: [], at: step.at }];
  });
}

function statementsOf(content: string) {
  return readBlocks(content).blocks.filter((block) => block.kind !== 'heading');
}
