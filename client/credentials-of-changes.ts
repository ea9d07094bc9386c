/** Which changes take out or alter a line that holds a credential: the change itself is kept masked, so the dream's input tells. */
import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { readPinnedMemories } from '../db/dreams.ts';
import type { Change } from '../domain/change.ts';
import { maskSecrets, secretMask } from '../domain/secrets.ts';

export async function changesWithCredential(tx: Transaction, dreamId: string, changes: readonly Change[]): Promise<Set<string>> {
  const isMasked = ({ text }: Change['removed'][number]): boolean => maskSecrets(text).includes(secretMask);
  const masked = new Set(changes.flatMap((change) => change.removed.filter(isMasked).map((line) => line.path)));
  const input = await readInput(tx, dreamId, masked);
  // A line that reads like that in the input was masked before the dream: nothing is left in it.
  const holds = (line: Change['removed'][number]): boolean =>
    isMasked(line) && !(input.get(line.path)?.includes(flat(maskSecrets(line.text))) ?? false);
  // An engine also calls secret what does not look like one.
  const isCalledSo = ({ reasonCode, removed }: Change): boolean => reasonCode === 'secret' && !removed.some(isMasked);
  return new Set(changes.filter((change) => change.removed.some(holds) || isCalledSo(change)).map((change) => change.id));
}

async function readInput(tx: Transaction, dreamId: string, paths: ReadonlySet<string>): Promise<Map<string, string>> {
  if (paths.size === 0) return new Map();
  const pinned = (await readPinnedMemories(tx, dreamId)).filter((memory) => paths.has(memory.path));
  const contents = await readContents(
    tx,
    pinned.map((memory) => memory.sha256),
  );
  return new Map(pinned.map((memory) => [memory.path, flat(contents.get(memory.sha256) ?? '')]));
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
