/** Memories from outside → a store within the rules, or every rule that is broken. Never half a store. */
import { maxMemoriesPerStore, maxMemoryBytes, maxStoreNameCharacters } from '../domain/limits.ts';
import { checkMemoryPath, conflictingPath } from '../domain/memory-path.ts';
import { hasLoneSurrogate, utf8Length } from '../domain/utf8.ts';
import { counted, shown } from './shown.ts';
import type { ImportedStore, Problem, ProblemCode } from './source.ts';

/** One memory with the file that it came from. */
export interface MemoryEntry {
  file: string;
  path: string;
  content: string;
}

/** A store with ten thousand bad paths is one mistake, not ten thousand sentences. */
const maxSentences = 20;

/** `from` is what stands for the whole store in a sentence: the case's file, or the folder. */
export function makeStore(from: string, name: string, entries: MemoryEntry[]): { store: ImportedStore | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const refuse = (path: string, code: ProblemCode, message: string): void => {
    problems.push({ path, code, message, fatal: true });
  };
  if (entries.length > maxMemoriesPerStore) {
    refuse(
      from,
      'too_many_memories',
      `${shown(from)} holds ${counted(entries.length, 'memory file')}, a store holds at most ${maxMemoriesPerStore.toLocaleString('en-US')}. Import parts of it as stores of their own.`,
    );
  }
  for (const { file, path, content } of entries) {
    const broken = checkMemoryPath(path);
    if (broken !== null)
      refuse(file, 'invalid_path', `The memory path "${shown(path)}" cannot be stored. ${broken} Rename it and import again.`);
    if (hasLoneSurrogate(content))
      refuse(
        file,
        'invalid_memory',
        `The memory "${shown(path)}" holds half of a surrogate pair, which has no UTF-8 form. Correct its text and import again.`,
      );
    const bytes = utf8Length(content);
    if (bytes > maxMemoryBytes) {
      refuse(file, 'memory_too_large', tooLargeSentence(path, bytes));
    }
  }
  const conflict = conflictingPath(entries.map((entry) => entry.path));
  if (conflict !== null) refuse(from, 'invalid_path', conflictSentence(conflict));
  if (problems.length > maxSentences) {
    const more = problems.length - maxSentences;
    problems.length = maxSentences;
    refuse(
      from,
      'invalid_memory',
      `${shown(from)} has ${counted(more, 'more problem')} of these kinds. Correct the ones named and import again to see the rest.`,
    );
  }
  if (problems.length > 0) return { store: null, problems };
  return { store: { name: storeName(name), memories: entries.map(({ path, content }) => ({ path, content })) }, problems };
}

export function tooLargeSentence(path: string, bytes: number): string {
  return `The memory "${shown(path)}" has ${bytes.toLocaleString('en-US')} bytes, at most ${maxMemoryBytes.toLocaleString('en-US')} are allowed. Split it into several files and import again.`;
}

function conflictSentence([shorter, longer]: [string, string]): string {
  if (shorter === longer) return `The memory path "${shown(shorter)}" occurs twice. Keep one of the two and import again.`;
  return `"${shown(shorter)}" is a memory and cannot also be the folder of "${shown(longer)}". Rename one of them and import again.`;
}

/** A name that fits a store: control characters and line breaks become spaces, the rest of an overlong one is cut. */
export function storeName(name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, ' ').trim();
  return Array.from(clean).slice(0, maxStoreNameCharacters).join('') || 'imported';
}

/** `notes/todo.md` → `todo`; what a store or session is called when nothing names it. */
export function baseName(path: string): string {
  const last = path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  return last.replace(/(?:\.json\.gz|\.jsonl|\.json|\.markdown|\.md)$/i, '') || 'imported';
}
