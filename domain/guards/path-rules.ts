import { maxMemoriesPerStore, maxMemoryBytes } from '../limits.ts';
import { checkMemoryPath, conflictingPath } from '../memory-path.ts';
import { hasLoneSurrogate, utf8Length } from '../utf8.ts';
import { touches, type Guard, type GuardFinding, type GuardInput } from './guard.ts';

/** What a store would refuse is refused here, while the changes that caused it can still be left out. */
export const pathRules: Guard = {
  name: 'path-rules',
  title: 'Paths, sizes and file names keep the store’s rules',
  check(input) {
    const { draft } = input;
    const findings: GuardFinding[] = [];
    const before = new Map(input.input.memories.map((memory) => [memory.path, memory]));
    for (const [index, file] of draft.files.entries()) {
      const broken = checkMemoryPath(file.path);
      // A path that breaks the rules may hold what a terminal obeys: it is named by its place.
      if (broken !== null) findings.push(...blame(input, file.path, `File ${index + 1} of the draft: ${broken}`, '/'));
      if (hasLoneSurrogate(file.content))
        findings.push(
          ...blame(
            input,
            file.path,
            `File ${index + 1} of the draft holds half of a surrogate pair.`,
            broken === null ? file.path : '/',
            hasLoneSurrogate,
          ),
        );
      const size = utf8Length(file.content);
      if (size > maxMemoryBytes) findings.push(...blameSize(input, file.path, size));
    }
    const paths = draft.files.map((file) => file.path);
    const conflict = conflictingPath(paths);
    if (conflict !== null) {
      const added = conflict.find((path) => !before.has(path)) ?? conflict[1];
      findings.push(
        ...blame(input, added, 'Two paths of the draft cannot stand in one store: the same twice, or a file that is also a folder.', '/'),
      );
    }
    if (paths.length > maxMemoriesPerStore) {
      findings.push({
        changeId: null,
        path: '/',
        message: `The draft has ${paths.length} files; a store holds at most ${maxMemoriesPerStore}.`,
      });
    }
    return { checked: paths.length, findings };
  },
};

/** A finding for each change that puts text into the file, or one without a change when none does. */
function blame(
  input: GuardInput,
  path: string,
  message: string,
  shownPath: string,
  holds: (text: string) => boolean = () => true,
): GuardFinding[] {
  const changes = input.draft.changes.filter((change) => change.path === path && change.after !== null && holds(change.after));
  if (changes.length === 0) return [{ changeId: null, path: shownPath, message }];
  return changes.map((change) => ({ changeId: change.id, path: shownPath, message }));
}

/** The last changes of a file, as many as bring it back under the limit. */
function blameSize(input: GuardInput, path: string, size: number): GuardFinding[] {
  const findings: GuardFinding[] = [];
  const message = `${path} takes ${size} bytes; a memory holds at most ${maxMemoryBytes}.`;
  let left = size;
  for (const change of input.draft.changes.filter((each) => touches(each, path)).reverse()) {
    const gain =
      change.path === path
        ? utf8Length(change.after ?? '') -
          utf8Length(
            change.removed
              .filter((removed) => removed.path === path)
              .map((removed) => removed.text)
              .join(''),
          )
        : 0;
    if (left <= maxMemoryBytes || gain <= 0) continue;
    left -= gain;
    findings.push({ changeId: change.id, path, message });
  }
  return findings.length > 0 ? findings : [{ changeId: null, path, message }];
}
