/** One error class for everything that we expect may go wrong; the maps to exit codes and to retries live with their users. */
export type ErrorCode =
  | 'invalid_input'
  | 'invalid_path'
  | 'invalid_draft'
  | 'not_found'
  | 'store_not_found'
  | 'session_not_found'
  | 'dream_not_found'
  | 'operation_not_found'
  | 'alias_not_found'
  | 'too_many_sessions'
  | 'store_too_large'
  | 'transcript_invalid'
  | 'dream_closed'
  | 'store_changed'
  | 'draft_changed'
  | 'unknown_change'
  | 'already_decided'
  | 'already_undone'
  | 'paths_changed'
  | 'store_archived'
  | 'store_held'
  | 'session_in_use'
  | 'verification_failed'
  | 'engine_unknown'
  | 'database_unreachable'
  | 'database_unfit'
  | 'temporal_unreachable'
  | 'temporal_unfit'
  | 'internal_error';

export class DreamsError extends Error {
  readonly code: ErrorCode;
  /** What to do next, a sentence. */
  readonly hint: string | undefined;

  /** `message` says what happened, with the values, as a sentence. */
  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DreamsError';
    this.code = code;
    this.hint = options.hint;
  }
}

export function isDreamsError(error: unknown): error is DreamsError {
  return error instanceof DreamsError;
}
