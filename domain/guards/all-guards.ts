// The guards in the order of the report, and the run over all of them.
import { claimsPreserved } from './claims-preserved.ts';
import { evidenceVerbatim } from './evidence-verbatim.ts';
import { counted, type Guard, type GuardFinding, type GuardInput } from './guard.ts';
import { indexComplete } from './index-complete.ts';
import { noControlCharacters } from './no-control-characters.ts';
import { noNewIdentifiers } from './no-new-identifiers.ts';
import { noRelativeDate } from './no-relative-date.ts';
import { noSecret } from './no-secret.ts';
import { noToolInstructions } from './no-tool-instructions.ts';
import { notEmpty } from './not-empty.ts';
import { pathRules } from './path-rules.ts';
import { protectedPaths } from './protected-paths.ts';
import { removalReason } from './removal-reason.ts';
import { retireCap } from './retire-cap.ts';
import { untouchedIdentical } from './untouched-identical.ts';

export const allGuards: readonly Guard[] = [
  evidenceVerbatim,
  removalReason,
  claimsPreserved,
  retireCap,
  protectedPaths,
  untouchedIdentical,
  notEmpty,
  pathRules,
  noSecret,
  noNewIdentifiers,
  noToolInstructions,
  noRelativeDate,
  noControlCharacters,
  indexComplete,
];

/** A guard's line in the report. */
export interface GuardLine {
  guard: string;
  title: string;
  ok: boolean;
  checked: number;
  /** Ids of the changes to leave out, each once, in the order of the draft. */
  refused: string[];
  /** How many findings no single change can cure. */
  incurable: number;
  /** A sentence with counts and paths. */
  message: string;
}

export interface GuardReport {
  ok: boolean;
  lines: GuardLine[];
  /** Ids of all changes to leave out, each once, in the order of the draft. */
  refused: string[];
  findings: (GuardFinding & { guard: string })[];
}

/** Every guard over one draft. Refused changes lead to a new draft without them; what no change can cure fails the dream. */
export function runGuards(input: GuardInput, guards: readonly Guard[] = allGuards): GuardReport {
  const order = input.draft.changes.map((change) => change.id);
  const known = new Set(order);
  const inOrder = (findings: readonly GuardFinding[]): string[] => {
    const ids = new Set(findings.map((finding) => finding.changeId));
    return [...new Set(order)].filter((id) => ids.has(id));
  };
  const lines: GuardLine[] = [];
  const all: (GuardFinding & { guard: string })[] = [];
  for (const guard of guards) {
    const { checked, findings: found, note } = guard.check(input);
    // A line may name a change that the draft does not list: leaving that one out would cure nothing.
    const findings = found.map((finding) =>
      finding.changeId !== null && known.has(finding.changeId) ? finding : { ...finding, changeId: null },
    );
    const incurable = findings.filter((finding) => finding.changeId === null).length;
    const first = findings[0];
    const message =
      first === undefined
        ? (note ?? '')
        : findings.length === 1
          ? first.message
          : `${counted(findings.length, 'finding')}; the first: ${first.message}`;
    lines.push({ guard: guard.name, title: guard.title, ok: first === undefined, checked, refused: inOrder(findings), incurable, message });
    for (const finding of findings) all.push({ ...finding, guard: guard.name });
  }
  return { ok: all.length === 0, lines, refused: inOrder(all), findings: all };
}
