/** What a set of edits makes of a store: every path in them is meant as it stands before the first of them. */
import type { Head } from '../db/memories.ts';
import { DreamsError } from '../domain/errors.ts';
import { maxMemoriesPerStore, maxMemoryBytes } from '../domain/limits.ts';
import { checkMemoryPath, conflictingPath } from '../domain/memory-path.ts';
import { hasLoneSurrogate, utf8Length } from '../domain/utf8.ts';

export type StoreEdit =
  | { kind: 'write'; path: string; content: string }
  | { kind: 'delete'; path: string }
  | { kind: 'rename'; path: string; to: string };

export interface EditPlan {
  deleted: Head[];
  /** What stands at a path afterwards, of the paths that edits name; `head` null for a new memory, `content` null where it keeps its text. */
  placed: { path: string; head: Head | null; content: string | null }[];
}

/** Refuses the whole set for one edit that cannot be. */
export function planEdits(heads: readonly Head[], edits: readonly StoreEdit[]): EditPlan {
  for (const edit of edits) checkEdit(edit);
  const standing = new Map(heads.map((head) => [head.path, head]));
  const leaving = takeLeaving(standing, edits);
  const renamed = new Map<string, Head>();
  for (const edit of edits) {
    if (edit.kind !== 'rename') continue;
    const head = leaving.get(edit.path);
    if (standing.has(edit.to) || renamed.has(edit.to) || head === undefined)
      throw invalid(
        `${quoted(edit.path)} cannot be renamed to ${quoted(edit.to)}: a memory stands there already.`,
        'Delete or rename that one too, or choose another path; nothing was changed.',
      );
    renamed.set(edit.to, head);
  }
  const written = new Map<string, string>();
  for (const edit of edits) {
    if (edit.kind !== 'write') continue;
    if (written.has(edit.path)) throw invalid(`${quoted(edit.path)} is written twice.`, 'Write each path once; nothing was changed.');
    written.set(edit.path, edit.content);
  }
  checkResult(new Set([...standing.keys(), ...renamed.keys(), ...written.keys()]));
  return {
    deleted: edits.filter((edit) => edit.kind === 'delete').flatMap((edit) => leaving.get(edit.path) ?? []),
    placed: [...new Set([...renamed.keys(), ...written.keys()])].map((path) => ({
      path,
      head: renamed.get(path) ?? standing.get(path) ?? null,
      content: written.get(path) ?? null,
    })),
  };
}

function checkEdit(edit: StoreEdit): void {
  // A path that a store holds already may be deleted or renamed, whatever it is.
  const path = edit.kind === 'rename' ? edit.to : edit.path;
  const broken = edit.kind === 'delete' ? null : checkMemoryPath(path);
  if (broken !== null)
    throw new DreamsError('invalid_path', `${quoted(path)} cannot be the path of a memory. ${broken}`, {
      hint: 'Write it from the root of the store, for example /notes/deploy.md; nothing was changed.',
    });
  if (edit.kind !== 'write') return;
  if (hasLoneSurrogate(edit.content))
    throw invalid(
      `The text for ${quoted(edit.path)} holds half of a surrogate pair, which has no UTF-8 form.`,
      'Correct the text; nothing was changed.',
    );
  const bytes = utf8Length(edit.content);
  if (bytes > maxMemoryBytes)
    throw invalid(
      `The text for ${quoted(edit.path)} has ${bytes.toLocaleString('en-US')} bytes; a memory has at most ${maxMemoryBytes.toLocaleString('en-US')}.`,
      'Split it over several memories; nothing was changed.',
    );
}

/** Takes every memory that is deleted or renamed off `standing`. */
function takeLeaving(standing: Map<string, Head>, edits: readonly StoreEdit[]): Map<string, Head> {
  const leaving = new Map<string, Head>();
  for (const { kind, path } of edits) {
    if (kind === 'write') continue;
    if (leaving.has(path))
      throw invalid(`${quoted(path)} is deleted or renamed twice.`, 'Say once what becomes of it; nothing was changed.');
    const head = standing.get(path);
    if (head === undefined)
      throw new DreamsError(
        'not_found',
        `The store has no memory ${quoted(path)}, so it cannot be ${kind === 'delete' ? 'deleted' : 'renamed'}.`,
        {
          hint: 'See "dreams show memstore_..." for the memories of a store; nothing was changed.',
        },
      );
    leaving.set(path, head);
    standing.delete(path);
  }
  return leaving;
}

function checkResult(paths: ReadonlySet<string>): void {
  const clash = conflictingPath([...paths]);
  if (clash !== null)
    throw invalid(
      `${quoted(clash[0])} and ${quoted(clash[1])} cannot stand in one store: the first would be a file and a folder at once.`,
      'Choose another path; nothing was changed.',
    );
  if (paths.size > maxMemoriesPerStore)
    throw new DreamsError(
      'store_too_large',
      `The store would hold ${paths.size.toLocaleString('en-US')} memories; it may hold ${maxMemoriesPerStore.toLocaleString('en-US')}.`,
      { hint: 'Delete some that nobody needs, or use another store; nothing was changed.' },
    );
}

function invalid(message: string, hint: string): DreamsError {
  return new DreamsError('invalid_input', message, { hint });
}

const quotedAtMost = 200;

function quoted(path: string): string {
  const characters = Array.from(path);
  return JSON.stringify(characters.length > quotedAtMost ? `${characters.slice(0, quotedAtMost).join('')}…` : path);
}
