import { sha256Hex } from '../hash.ts';
import { isIndexPath } from '../index-file.ts';
import type { Guard, GuardFinding } from './guard.ts';

/** A file that no change names keeps every byte; a file whose bytes differ from the recorded hash is refused as well. */
export const untouchedIdentical: Guard = {
  name: 'untouched-identical',
  title: 'Files that no change names are byte for byte the same',
  check({ input, draft }) {
    const findings: GuardFinding[] = [];
    const find = (path: string, message: string): void => void findings.push({ changeId: null, path, message });
    const named = new Set(draft.changes.flatMap((change) => [change.path, ...change.removed.map((removed) => removed.path)]));
    const deleted = new Set(draft.deleted);
    const files = new Map(draft.files.map((file) => [file.path, file]));
    const before = new Map(input.memories.map((memory) => [memory.path, memory]));
    for (const memory of input.memories) {
      if (isIndexPath(memory.path)) continue;
      const file = files.get(memory.path);
      if (file?.sha256 === memory.sha256 || named.has(memory.path)) continue;
      find(
        memory.path,
        file === undefined
          ? `${memory.path} is gone, though no change names it.`
          : `${memory.path} differs from the input, though no change names it.`,
      );
    }
    for (const file of draft.files) {
      if (sha256Hex(file.content) !== file.sha256) find(file.path, `The recorded hash of ${file.path} is not that of its content.`);
      if (!before.has(file.path) && !isIndexPath(file.path) && !named.has(file.path))
        find(file.path, `${file.path} is new, though no change names it.`);
    }
    for (const path of draft.deleted) {
      if (files.has(path)) find(path, `${path} is listed as deleted and still there.`);
    }
    for (const path of before.keys()) {
      if (!files.has(path) && !deleted.has(path)) find(path, `${path} is gone without being listed as deleted.`);
    }
    return { checked: input.memories.length, findings };
  },
};
