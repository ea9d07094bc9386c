/** What a history and a log say of a failed step, by its code: fixed words, because histories outlive what they are about. */
const sentences: Record<string, string> = {
  store_not_found: 'The input store is not available any more.',
  session_not_found: 'An input session is not available any more.',
  dream_not_found: 'The dream has no row.',
  dream_closed: 'The dream has ended, so nothing more is written for it.',
  store_changed: 'The output store was written to while the dream ran.',
  store_too_large: 'The store is above its limits.',
  draft_changed: 'The draft is not the newest one any more.',
  already_decided: 'The draft was decided already.',
  unknown_change: 'The draft has no change of that id.',
  invalid_input: 'What was asked for cannot be.',
  invalid_draft: 'There is no such draft.',
  alias_not_found: "The dream's alias is not there any more.",
  store_archived: 'The store was archived.',
  store_held: 'Another dream updates the store by now, so this one cannot go on.',
  verification_failed: 'The guards refuse the draft.',
  engine_unknown: "No engine of this worker answers for the dream's model.",
  engine_failed: 'The engine failed and may be asked again.',
  engine_refused: 'The engine refused the request.',
  database_unreachable: 'The database did not answer.',
  database_away: 'The database was away or busy; the step is tried again until it is back.',
  worker_stopped: 'The worker was stopped before the step had finished; another attempt does it again.',
  internal_error: 'The step failed.',
};

export function sentenceFor(code: string): string {
  return sentences[code] ?? 'The step failed.';
}
