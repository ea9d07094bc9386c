/** What a script learns from a command's end without reading its words. */
import type { ErrorCode } from '../../domain/errors.ts';

export const exitCodes = {
  done: 0,
  /** Something failed: a dream, an import in part, or what nobody foresaw. */
  failed: 1,
  /** What was asked for cannot be: unknown flags, values outside the limits. */
  usage: 2,
  notFound: 3,
  /** It cannot be done any more: the dream has ended, the store has changed. */
  conflict: 4,
  /** A server does not answer, or is not one that will do. */
  unavailable: 5,
  interrupted: 130,
  terminated: 143,
} as const;

export const exitCodeOf: Record<ErrorCode, number> = {
  invalid_input: exitCodes.usage,
  invalid_path: exitCodes.usage,
  too_many_sessions: exitCodes.usage,
  store_too_large: exitCodes.usage,
  transcript_invalid: exitCodes.usage,
  engine_unknown: exitCodes.usage,
  not_found: exitCodes.notFound,
  store_not_found: exitCodes.notFound,
  session_not_found: exitCodes.notFound,
  dream_not_found: exitCodes.notFound,
  operation_not_found: exitCodes.notFound,
  alias_not_found: exitCodes.notFound,
  unknown_change: exitCodes.notFound,
  dream_closed: exitCodes.conflict,
  store_changed: exitCodes.conflict,
  draft_changed: exitCodes.conflict,
  already_decided: exitCodes.conflict,
  already_undone: exitCodes.conflict,
  paths_changed: exitCodes.conflict,
  store_archived: exitCodes.conflict,
  store_held: exitCodes.conflict,
  session_in_use: exitCodes.conflict,
  database_unreachable: exitCodes.unavailable,
  database_unfit: exitCodes.unavailable,
  temporal_unreachable: exitCodes.unavailable,
  temporal_unfit: exitCodes.unavailable,
  invalid_draft: exitCodes.failed,
  verification_failed: exitCodes.failed,
  internal_error: exitCodes.failed,
};
