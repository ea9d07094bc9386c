// What a memory's path may be (wire.md §6.1), and which paths cannot stand in one store.
import { maxPathBytes, maxPathSegments } from './limits.ts';
import { hasLoneSurrogate, utf8Length } from './utf8.ts';

/** A sentence that names the first rule a path breaks; null when it breaks none. The sentence never repeats the path. */
export function checkMemoryPath(path: string): string | null {
  if (!path.startsWith('/')) return 'The path must begin with "/".';
  if (hasLoneSurrogate(path)) return 'The path holds half of a surrogate pair.';
  if (utf8Length(path) > maxPathBytes) return `The path is longer than ${maxPathBytes} bytes of UTF-8.`;
  // Control and format characters; U+2028 and U+2029 are of neither class and break lines all the same.
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(path)) return 'The path holds a control, format or line separator character.';
  if (path.normalize('NFC') !== path) return 'The path is not in Unicode normal form NFC.';
  const segments = path.slice(1).split('/');
  if (segments.length > maxPathSegments) return `The path has more than ${maxPathSegments} segments.`;
  if (segments.includes('')) return 'The path has an empty segment.';
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'The path has a segment "." or "..".';
  return null;
}

/**
 * The first pair of paths that cannot stand together: the same path twice, or one that is a file while the other needs it
 * as a directory. The shorter of the two comes first; null when all can stand.
 */
export function conflictingPath(paths: readonly string[]): [string, string] | null {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(path)) return [path, path];
    seen.add(path);
  }
  for (const path of paths) {
    for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const ancestor = path.slice(0, slash);
      if (seen.has(ancestor)) return [ancestor, path];
    }
  }
  return null;
}
