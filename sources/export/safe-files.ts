/** Paths of memories as paths below a folder: none may lead out of it, and what a file system would not keep apart is reported. */
import { checkMemoryPath } from '../../domain/memory-path.ts';
import { DreamsError } from '../../domain/errors.ts';
import { shown } from '../shown.ts';

export interface ExportProblem {
  path: string;
  /** A sentence with the value and the remedy. */
  message: string;
}

/** `/notes/a.md` → `notes/a.md`. A path that breaks the rules of memories throws: the store never holds one. */
export function relativePath(path: string): string {
  const broken = checkMemoryPath(path);
  if (broken !== null)
    throw new DreamsError('invalid_path', `The memory path "${shown(path)}" cannot be exported. ${broken}`, {
      hint: 'Rename the memory and export again.',
    });
  return path.slice(1);
}

const reservedName = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i;
const maxNameBytes = 255;

/** What Windows or macOS would not store as it is; on Linux these files are written all the same. */
export function unsafeOnOtherSystems(paths: string[]): ExportProblem[] {
  const problems: ExportProblem[] = [];
  const byFold = new Map<string, string>();
  for (const path of paths) {
    const segments = path.split('/');
    const odd = segments.find((segment) => reservedName.test(segment) || /[<>:"|?*\\]|[. ]$/.test(segment));
    if (odd !== undefined)
      problems.push({
        path,
        message: `"${shown(odd)}" in "${shown(path)}" is no file name on Windows. Rename the memory if the folder goes there.`,
      });
    const long = segments.find((segment) => new TextEncoder().encode(segment).length > maxNameBytes);
    if (long !== undefined)
      problems.push({
        path,
        message: `"${shown(long)}" in "${shown(path)}" is longer than ${maxNameBytes} bytes, which most file systems refuse. Rename the memory.`,
      });
    // Folders collide as well: /Notes/a.md and /notes/b.md land in one folder.
    for (let depth = 1; depth <= segments.length; depth++) {
      const part = segments.slice(0, depth).join('/');
      const fold = part.toLowerCase();
      const known = byFold.get(fold);
      if (known === undefined) byFold.set(fold, part);
      else if (known !== part) {
        problems.push({
          path,
          message: `"${shown(part)}" and "${shown(known)}" differ in case only and are one on macOS and Windows. Rename one of them if the folder goes there.`,
        });
        break;
      }
    }
  }
  return problems;
}
