/** A folder of Markdown as a memory store: a file a memory, bytes kept exactly (line ends and byte order mark too). */
import { maxMemoryBytes } from '../../domain/limits.ts';
import { decodeText, isUtf16 } from '../text.ts';
import { baseName, makeStore, tooLargeSentence, type MemoryEntry } from '../make-store.ts';
import { counted, shown } from '../shown.ts';
import type { ImportedStore, Problem, SourceFile } from '../source.ts';

/** `name` is the folder that the user named; without it a leading folder that all files share gives name and root. */
export function readMarkdownFolder(files: SourceFile[], name: string | undefined): { store: ImportedStore | null; problems: Problem[] } {
  const ordered = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const root = name === undefined ? sharedFolder(ordered.map((file) => file.path)) : '';
  const single = ordered.length === 1 ? ordered[0]?.path : undefined;
  const from = name ?? (root === '' ? (single ?? 'memory') : root.slice(0, -1));
  const entries: MemoryEntry[] = [];
  const problems: Problem[] = [];
  for (const file of ordered) {
    const path = memoryPath(file.path.slice(root.length));
    if (file.bytes.length > maxMemoryBytes) {
      problems.push({ path: file.path, code: 'memory_too_large', fatal: true, message: tooLargeSentence(path, file.bytes.length) });
      continue;
    }
    const { text, invalidCount, invalidAt } = decodeText(file.bytes);
    if (isUtf16(file.bytes)) {
      problems.push({
        path: file.path,
        code: 'invalid_utf8',
        fatal: true,
        message: `${shown(file.path)} is UTF-16; memories are UTF-8. Save it as UTF-8 and import again.`,
      });
    } else if (invalidCount > 0) {
      problems.push({
        path: file.path,
        code: 'invalid_utf8',
        fatal: true,
        message: `${shown(file.path)} is not UTF-8: ${counted(invalidCount, 'invalid byte sequence')}, the first at byte ${invalidAt}. A memory must keep its bytes, so nothing is replaced: save it as UTF-8 and import again.`,
      });
    } else entries.push({ file: file.path, path, content: text });
  }
  const made = makeStore(from, name ?? baseName(from), entries);
  problems.push(...made.problems);
  return { store: problems.length === 0 ? made.store : null, problems };
}

/** File systems hand out decomposed letters (macOS); paths of memories are composed. */
function memoryPath(path: string): string {
  const relative = path.startsWith('./') ? path.slice(2) : path;
  return (relative.startsWith('/') ? relative : `/${relative}`).normalize('NFC');
}

/** `memory/` when every file lies below `memory/`; else ''. Only the first level counts: what is below belongs to the paths. */
function sharedFolder(paths: string[]): string {
  const first = paths[0] ?? '';
  const folder = first.slice(0, first.indexOf('/', 1) + 1);
  return folder !== '' && folder !== './' && paths.every((path) => path.startsWith(folder)) ? folder : '';
}
