// What every group of one question shares.
import type { Steering } from '../instructions.ts';
import type { Voices } from './voices.ts';

export interface Setting {
  steering: Steering;
  voices: Voices;
}
