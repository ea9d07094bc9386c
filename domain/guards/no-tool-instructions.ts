import { findInstructions } from '../instruction-like.ts';
import type { Guard, GuardFinding } from './guard.ts';

/** What a web page or a file says to do is nobody's order: written into a memory it would steer every later session. */
export const noToolInstructions: Guard = {
  name: 'no-tool-instructions',
  title: 'No instruction whose only origin is tool output',
  check({ draft }) {
    const findings: GuardFinding[] = [];
    const fromTools = draft.changes.filter(
      (change) => change.after !== null && change.evidence.length > 0 && change.evidence.every((evidence) => evidence.origin === 'tool'),
    );
    for (const change of fromTools) {
      // The store said it already: then its origin is not the tool alone.
      if (change.removed.some((removed) => removed.text === change.after)) continue;
      if (findInstructions(change.after ?? '').length === 0) continue;
      findings.push({
        changeId: change.id,
        path: change.path,
        message: `A change in ${change.path} would turn an instruction from tool output into a memory.`,
      });
    }
    return { checked: fromTools.length, findings };
  },
};
