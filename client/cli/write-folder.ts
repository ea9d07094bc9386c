/** Writes a folder whole or not at all, and never over anything. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DreamsError } from '../../domain/errors.ts';

export function checkFolder(folder: string): void {
  const names = namesIn(folder);
  if (names !== undefined && names.length > 0) {
    throw new DreamsError('invalid_input', `The folder ${folder} is not empty; nothing was written.`, {
      hint: 'Give --out a folder that does not exist yet.',
    });
  }
}

/** undefined when there is no such folder. */
function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new DreamsError('invalid_input', `${folder} cannot be used as a folder (${code ?? ''}).`, {
      hint: 'Give --out a folder that does not exist yet.',
      cause,
    });
  }
}

/** Into a folder beside it first, so that an interrupted export is never taken for one. */
export function writeFolder(folder: string, files: readonly { path: string; bytes: Uint8Array }[]): void {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    const beside = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
    try {
      for (const { path, bytes } of files) {
        mkdirSync(dirname(join(beside, path)), { recursive: true });
        writeFileSync(join(beside, path), bytes, { flag: 'wx' });
      }
      if (namesIn(folder) !== undefined) rmdirSync(folder);
      renameSync(beside, folder);
    } catch (error) {
      rmSync(beside, { recursive: true, force: true });
      throw error;
    }
  } catch (cause) {
    throw new DreamsError(
      'invalid_input',
      `The folder ${folder} could not be written (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).name}).`,
      { hint: 'Give --out another place.', cause },
    );
  }
}
