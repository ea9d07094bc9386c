/** A session with what concerns dreams of the wire's fields, and where it came from. */
import type { SessionRow } from '../../db/sessions.ts';

export interface WireSession {
  id: string;
  type: 'session';
  status: SessionRow['status'];
  title: string | null;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
  open_dreams: { source: string; source_id: string; events: number };
}

export function toWireSession(session: SessionRow): WireSession {
  const { id, status, title, metadata } = session;
  return {
    id,
    type: 'session',
    status,
    title,
    metadata,
    created_at: session.createdAt.toISOString(),
    updated_at: session.updatedAt.toISOString(),
    archived_at: session.archivedAt?.toISOString() ?? null,
    open_dreams: { source: session.sourceKind, source_id: session.sourceId, events: session.lastEventNumber },
  };
}
