import type { Evidence } from '../evidence.ts';
import { claimsBy, type Guard, type GuardFinding } from './guard.ts';

const needEvidence = new Set<string>(['add', 'pattern', 'supersede', 'merge']);

/** A quote that is not where it is said to be is an invention, and so may be the statement that rests on it. */
export const evidenceVerbatim: Guard = {
  name: 'evidence-verbatim',
  title: 'Evidence stands verbatim in its source',
  check({ input, draft, resolve }) {
    const recorded = new Set(input.claims.flatMap((claim) => claim.evidence.map(key)));
    const findings: GuardFinding[] = [];
    const linesOf = claimsBy(draft, (claim) => claim.changeId);
    let checked = 0;
    for (const change of draft.changes) {
      const lines = linesOf.get(change.id) ?? [];
      const cited = [
        ...new Map([...change.evidence, ...lines.flatMap((line) => line.evidence)].map((evidence) => [key(evidence), evidence])).values(),
      ];
      checked += cited.length;
      const wrong = cited.filter((evidence) => !isVerbatim(evidence, resolve, recorded)).length;
      if (wrong > 0)
        findings.push({
          changeId: change.id,
          path: change.path,
          message: `${wrong} of ${cited.length} quotes of a change in ${change.path} are not in their source.`,
        });
      else if (needEvidence.has(change.kind) && change.evidence.length === 0) {
        findings.push({
          changeId: change.id,
          path: change.path,
          message: `A change of kind ${change.kind} in ${change.path} has no evidence.`,
        });
      }
    }
    return { checked, findings };
  },
};

function key(evidence: Evidence): string {
  const place =
    evidence.kind === 'event' ? [evidence.sessionId, evidence.eventId, evidence.block] : [evidence.memoryVersionId, evidence.path];
  return JSON.stringify([evidence.kind, ...place, evidence.start, evidence.end, evidence.quote]);
}

function isVerbatim(evidence: Evidence, resolve: (evidence: Evidence) => string | null, recorded: ReadonlySet<string>): boolean {
  const { quote, start, end } = evidence;
  if (quote.trim() === '' || start < 0 || end <= start) return false;
  const source = resolve(evidence);
  // What an earlier dream recorded for a line was checked then; its session may have been erased since.
  if (source === null) return recorded.has(key(evidence));
  return source.slice(start, end) === quote;
}
