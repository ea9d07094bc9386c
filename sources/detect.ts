/** What each file is, by its shape, and all of them read: the one entry of the readers. */
import { readSessions } from './claude-code/read-sessions.ts';
import { readMarkdownFolder } from './markdown-folder/read-folder.ts';
import { joinSessions } from './neutral/join-sessions.ts';
import { readCase } from './neutral/read-case.ts';
import { shown } from './shown.ts';
import type { Imported, Problem, Skipped, SourceFile } from './source.ts';

export interface ReadOptions {
  /** The name of the folder that the user named, for a store of Markdown; paths are then relative to it. */
  folderName?: string;
}

type Shape = 'case' | 'transcript' | 'markdown' | 'provenance' | 'hidden' | 'unknown';

export function readSources(files: SourceFile[], options: ReadOptions = {}): Imported {
  // The order in which a file system lists files must not show in the result.
  const ordered = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const shapes = ordered.map(shapeOf);
  const isFolder = shapes.includes('markdown');
  const ofShape = (shape: Shape): SourceFile[] =>
    ordered.filter((_, index) => (shapes[index] === 'provenance' ? (isFolder ? 'provenance' : 'case') : shapes[index]) === shape);

  const imported: Imported = { stores: [], sessions: [], problems: [], skipped: [] };
  const cases = ofShape('case').map(readCase);
  for (const { store, problems } of cases) {
    if (store !== null) imported.stores.push(store);
    imported.problems.push(...problems);
  }
  const joined = joinSessions(cases.flatMap((one) => one.sessions));
  imported.sessions.push(...joined.sessions);
  imported.problems.push(...joined.problems);
  readInstructions(
    cases.map((one) => one.instructions),
    ofShape('case'),
    imported,
  );

  const transcripts = readSessions(ofShape('transcript'));
  imported.sessions.push(...transcripts.sessions);
  imported.problems.push(...transcripts.problems);
  imported.skipped.push(...transcripts.skipped.filter((entry) => Object.keys(entry.counts).length > 0));

  const markdown = ofShape('markdown');
  if (markdown.length > 0) {
    const { store, problems } = readMarkdownFolder(markdown, options.folderName);
    if (store !== null) imported.stores.push(store);
    imported.problems.push(...problems);
  }
  imported.skipped.push(...ofShape('provenance').map((file) => skippedFile(file, 'provenance of an export')));
  imported.skipped.push(...ofShape('hidden').map((file) => skippedFile(file, 'hidden file')));
  imported.problems.push(...ofShape('unknown').map(unknownFile));
  return imported;
}

function shapeOf(file: SourceFile): Shape {
  const path = file.path.toLowerCase();
  if (path.endsWith('.jsonl')) return 'transcript';
  if (/\.(?:md|markdown)$/.test(path)) return 'markdown';
  if (/(?:^|\/)provenance(?:\.open-dreams)*\.json$/.test(path)) return 'provenance'; // of an export, where Markdown lies beside it
  if (/\.json(?:\.gz)?$/.test(path)) return 'case';
  return /(?:^|\/)\.[^/.]/.test(path) ? 'hidden' : 'unknown';
}

function readInstructions(given: (string | null)[], files: SourceFile[], imported: Imported): void {
  const [first, ...others] = given.filter((text) => text !== null);
  if (first === undefined) return;
  imported.instructions = first;
  if (others.some((text) => text !== first)) {
    const path = files[given.indexOf(first)]?.path ?? '';
    imported.problems.push({
      path,
      code: 'several_instructions',
      fatal: false,
      message: `Several cases bring instructions that differ; those of ${shown(path)} were taken. Import the cases one by one to use the others.`,
    });
  }
}

function skippedFile(file: SourceFile, reason: string): Skipped {
  return { path: file.path, counts: { [reason]: 1 } };
}

function unknownFile(file: SourceFile): Problem {
  return {
    path: file.path,
    code: 'unknown_format',
    fatal: true,
    message: `${shown(file.path)} is of no kind that can be imported. Accepted are Claude Code session files (.jsonl), cases in the neutral form (.json, .json.gz) and Markdown (.md) as a memory store.`,
  };
}
