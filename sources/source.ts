/** The contract of every reader: file contents in, stores and sessions out. No file system, no clock; the same bytes give the same answer. */
import { sha256Hex } from '../domain/hash.ts';
import { canonicalJson } from './canonical-json.ts';

export interface SourceFile {
  /** As given, relative to what the user named. */
  path: string;
  bytes: Uint8Array;
}

export type ImportedType =
  | 'user.message'
  | 'user.interrupt'
  | 'agent.message'
  | 'agent.thinking'
  | 'agent.tool_use'
  | 'agent.tool_result'
  | 'system.message';

export interface ImportedEvent {
  /** The id in the source; null when it gives none. */
  sourceEventId: string | null;
  type: ImportedType;
  /** ISO time, UTC; null when the source has none that can be read. */
  processedAt: string | null;
  /** The wire's fields: content, name, input, tool_use_id, is_error. */
  payload: Record<string, unknown>;
  /** Over type, payload and time: recognises the same event in a later import. The id is left out, because ids repeat between files. */
  sha256: string;
}

export interface ImportedSession {
  sourceKind: 'neutral' | 'claude-code';
  sourceId: string;
  title: string | null;
  createdAt: string | null;
  events: ImportedEvent[];
  firstEventSha256: string;
  /** At most 16 pairs: file, cwd, branch, ... */
  metadata: Record<string, string>;
}

export interface ImportedStore {
  name: string;
  memories: { path: string; content: string }[];
}

export interface Problem {
  /** The file, as given. */
  path: string;
  line?: number;
  code: ProblemCode;
  /** A sentence with the values and the remedy; quotes at most 80 characters of what it read, control characters escaped. */
  message: string;
  /** This file (of a store: the whole store) brought nothing in. */
  fatal: boolean;
}

export type ProblemCode =
  | 'unknown_format'
  | 'invalid_gzip'
  | 'too_large'
  | 'invalid_json'
  | 'invalid_case'
  | 'invalid_utf8'
  | 'lone_surrogates'
  | 'broken_lines'
  | 'invalid_session'
  | 'invalid_event'
  | 'empty_transcript'
  | 'diverged_copies'
  | 'several_instructions'
  | 'invalid_memory'
  | 'invalid_path'
  | 'memory_too_large'
  | 'too_many_memories';

/** What was left out on purpose, counted: lines of a transcript that nobody said. */
export interface Skipped {
  path: string;
  counts: Record<string, number>;
}

export interface Imported {
  stores: ImportedStore[];
  sessions: ImportedSession[];
  problems: Problem[];
  skipped: Skipped[];
  instructions?: string;
}

export function makeEvent(
  type: ImportedType,
  payload: Record<string, unknown>,
  processedAt: string | null,
  sourceEventId: string | null,
): ImportedEvent {
  return { sourceEventId, type, processedAt, payload, sha256: sha256Hex(canonicalJson([type, payload, processedAt])) };
}

export function textContent(text: string): { type: 'text'; text: string }[] {
  return [{ type: 'text', text }];
}
