/** Memory stores and memories as the wire shows them. */
import type { Head } from '../../db/memories.ts';
import type { StoreRow } from '../../db/stores.ts';

export interface WireStore {
  id: string;
  type: 'memory_store';
  name: string;
  description: string;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string;
  archived_at: string | null;
}

export function toWireStore(store: StoreRow): WireStore {
  const { id, name, description, metadata } = store;
  return {
    id,
    type: 'memory_store',
    name,
    description,
    metadata,
    created_at: store.createdAt.toISOString(),
    updated_at: store.updatedAt.toISOString(),
    archived_at: store.archivedAt?.toISOString() ?? null,
  };
}

export interface WireMemory {
  id: string;
  type: 'memory';
  memory_store_id: string;
  memory_version_id: string;
  path: string;
  /** null in the basic view. */
  content: string | null;
  content_sha256: string;
  content_size_bytes: number;
  created_at: string;
  updated_at: string;
}

export function toWireMemory(head: Head, content: string | null): WireMemory {
  return {
    id: head.memoryId,
    type: 'memory',
    memory_store_id: head.storeId,
    memory_version_id: head.versionId,
    path: head.path,
    content,
    content_sha256: head.sha256,
    content_size_bytes: head.size,
    created_at: head.createdAt.toISOString(),
    updated_at: head.updatedAt.toISOString(),
  };
}
