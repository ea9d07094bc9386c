// What every group of one question shares.
import type { Steering } from '../instructions.ts';
import type { Voices } from './voices.ts';

export interface Setting {
  /** Conflicts that the store already names as open. */
  openEntries: readonly string[];
  steering: Steering;
  voices: Voices;
}
