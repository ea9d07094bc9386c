import { isOwnIndex, readIndexLink, rootIndexPath } from '../index-file.ts';
import { maxIndexBytes } from '../limits.ts';
import { isProtected } from '../protected-paths.ts';
import { utf8Length } from '../utf8.ts';
import type { Guard, GuardFinding } from './guard.ts';

/** Whoever starts at `/_index.md` finds every file, once, and nothing that is not there. */
export const indexComplete: Guard = {
  name: 'index-complete',
  title: 'The index lists every file once and every entry resolves',
  check({ draft, protect }) {
    const findings: GuardFinding[] = [];
    const find = (path: string, message: string): void => void findings.push({ changeId: null, path, message });
    const contents = new Map(draft.files.map((file) => [file.path, file.content]));
    // An index that a person keeps in a folder, or one that nobody may touch, is a file like any other.
    const indexes = new Set(draft.files.filter((file) => isOwnIndex(file) && !isProtected(file.path, protect)).map((file) => file.path));
    const files = draft.files.map((file) => file.path).filter((path) => !indexes.has(path));
    // A link cannot hold angle brackets; the index leaves them out of the path.
    const linked = new Map(draft.files.map((file) => [file.path.replace(/[<>]/g, ''), file.path]));
    if (isProtected(rootIndexPath, protect)) return { checked: 0, findings, note: 'The index is protected and stays as it is.' };
    if (files.length === 0) return { checked: 0, findings };
    const root = contents.get(rootIndexPath);
    if (root === undefined) {
      find(rootIndexPath, `The draft has ${files.length} files and no index.`);
      return { checked: files.length, findings };
    }
    const listed = new Map<string, number>();
    const opened = new Set<string>();
    const open = (indexPath: string): void => {
      if (opened.has(indexPath)) return;
      opened.add(indexPath);
      const content = contents.get(indexPath) ?? '';
      const size = utf8Length(content);
      if (size > maxIndexBytes) find(indexPath, `${indexPath} takes ${size} bytes; an index has at most ${maxIndexBytes}.`);
      for (const link of indexEntries(content)) {
        const entry = contents.has(link) ? link : linked.get(link);
        if (entry === undefined) {
          find(indexPath, `An entry of ${indexPath} names a file that is not there.`);
          continue;
        }
        listed.set(entry, (listed.get(entry) ?? 0) + 1);
        if (indexes.has(entry)) open(entry);
      }
    };
    open(rootIndexPath);
    for (const path of files) {
      const times = listed.get(path) ?? 0;
      if (times === 0) find(path, `No index lists ${path}.`);
      if (times > 1) find(path, `${path} is listed ${times} times.`);
    }
    return { checked: files.length, findings };
  },
};

/** The paths that an index's lines name; addresses on the web are none of its business. */
function indexEntries(content: string): string[] {
  return content
    .split(/\r\n|\r|\n/)
    .map(readIndexLink)
    .filter((link): link is string => link !== null && !/^(?:[a-z][a-z0-9+.-]*:|#)/i.test(link));
}
