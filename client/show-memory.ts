import { readContents } from '../db/contents.ts';
import type { Transaction } from '../db/database.ts';
import { withWorkspace } from '../db/database.ts';
import type { Head } from '../db/memories.ts';
import { findHead } from '../db/memories.ts';
import { DreamsError } from '../domain/errors.ts';
import type { Context } from './context.ts';
import type { WireMemory } from './wire/store.ts';
import { toWireMemory } from './wire/store.ts';

/** A memory with its text. */
export async function showMemory(context: Context, id: string): Promise<WireMemory & { content: string }> {
  return await withWorkspace(context.database, context.workspaceId, async (tx) => {
    const head = await requireMemory(tx, id);
    const content = await readContent(tx, head);
    return { ...toWireMemory(head, content), content };
  });
}

export async function requireMemory(tx: Transaction, id: string): Promise<Head> {
  const head = await findHead(tx, id);
  if (head !== undefined) return head;
  throw new DreamsError('not_found', `There is no memory ${id} in this workspace.`, {
    hint: 'See "dreams show memstore_..." for the memories of a store.',
  });
}

export async function readContent(tx: Transaction, { sha256 }: Pick<Head, 'sha256'>): Promise<string> {
  const content = (await readContents(tx, [sha256])).get(sha256);
  if (content !== undefined) return content;
  throw new DreamsError('internal_error', `The content ${sha256} is missing, although a memory names it.`);
}
