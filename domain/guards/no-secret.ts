import { isProtected } from '../protected-paths.ts';
import { findSecrets } from '../secrets.ts';
import { claimsBy, counted, type Guard, type GuardFinding, type GuardInput } from './guard.ts';

/**
 * No credential enters the store. One that the input held may stay only where it cannot be masked: in a line whose masking
 * a reviewer refused, in a protected file, or outside of every claim.
 */
export const noSecret: Guard = {
  name: 'no-secret',
  title: 'No secret in the result',
  check(input) {
    const { draft } = input;
    const findings: GuardFinding[] = [];
    const claimsOf = claimsBy(draft, (claim) => claim.path);
    let tolerated = 0;
    const before = new Map(input.input.memories.map((memory) => [memory.path, memory.content]));
    for (const file of draft.files) {
      const claims = claimsOf.get(file.path) ?? [];
      const oldLines = new Set((before.get(file.path) ?? '').split('\n').map(words));
      for (const span of findSecrets(file.content)) {
        const claim = claims.find((each) => each.start < span.end && each.end > span.start);
        if (claim !== undefined && claim.changeId !== null) {
          findings.push({
            changeId: claim.changeId,
            path: file.path,
            message: `A change would write what looks like a secret (${span.kind}) into ${file.path}.`,
          });
        } else if (
          stoodBefore(file.content, span.start, span.end, oldLines) &&
          (claim === undefined || mayStay(input, claim.id, file.path, claim.text))
        )
          tolerated++;
        else
          findings.push({
            changeId: null,
            path: file.path,
            message: `What looks like a secret (${span.kind}) stands in ${file.path} and no change masks it.`,
          });
      }
    }
    for (const change of draft.changes) {
      const texts = [change.after ?? '', change.reason, ...change.evidence.map((evidence) => evidence.quote)];
      if (findings.some((finding) => finding.changeId === change.id) || !texts.some((text) => findSecrets(text).length > 0)) continue;
      findings.push({
        changeId: change.id,
        path: change.path,
        message: `A change in ${change.path} carries what looks like a secret in its text, its reason or a quote.`,
      });
    }
    const check = { checked: draft.files.length + draft.changes.length, findings };
    return tolerated === 0
      ? check
      : {
          ...check,
          note: `${counted(tolerated, 'secret')} of the input ${tolerated === 1 ? 'stays' : 'stay'} where a change that masks or removes it was left out, or where nothing may be changed.`,
        };
  },
};

/** A line without its indent and its number in a list, which close up when a line above it goes. */
function words(line: string): string {
  return line.replace(/^\s*(?:\d{1,9}(?=[.)]))?/, '');
}

/** Whether every line that the span runs through stands in the input's file word for word. */
function stoodBefore(content: string, start: number, end: number, oldLines: ReadonlySet<string>): boolean {
  const from = content.lastIndexOf('\n', start - 1) + 1;
  const next = content.indexOf('\n', end);
  return content
    .slice(start === 0 ? 0 : from, next === -1 ? undefined : next)
    .split('\n')
    .every((line) => oldLines.has(words(line)));
}

function mayStay(input: GuardInput, claimId: string, path: string, text: string): boolean {
  if (isProtected(path, input.protect)) return true;
  return input.input.claims.some((claim) => {
    const same = claim.id === claimId || (claim.path === path && claim.text === text);
    return same && (claim.protected || input.refusedRewrites.has(claim.id));
  });
}
