import { listAliases as readAliases } from '../db/aliases.ts';
import { withWorkspace } from '../db/database.ts';
import type { Context } from './context.ts';
import type { WireAlias } from './wire/alias.ts';
import { toWireAlias } from './wire/alias.ts';

/** By name. */
export async function listAliases(context: Context): Promise<WireAlias[]> {
  const rows = await withWorkspace(context.database, context.workspaceId, readAliases);
  return rows.map(toWireAlias);
}
