import { findPersonalIdentifiers } from '../personal-identifiers.ts';
import { changedLines } from './changed-lines.ts';
import type { Guard, GuardFinding } from './guard.ts';

/** An address or number of a person that neither store nor transcripts held was made up. */
export const noNewIdentifiers: Guard = {
  name: 'no-new-identifiers',
  title: 'No personal identifier that no source holds',
  check(input) {
    const findings: GuardFinding[] = [];
    const lines = changedLines(input);
    for (const line of lines) {
      for (const { start, end, kind } of findPersonalIdentifiers(line.text)) {
        if (input.searchSources(line.text.slice(start, end))) continue;
        findings.push({
          changeId: line.changeId,
          path: line.path,
          message: `A line of ${line.path} holds an identifier (${kind}) that no source holds.`,
        });
      }
    }
    return { checked: lines.length, findings };
  },
};
