import type { FaultPoint } from '../../activities/effect.ts';
import { faultPoints } from '../../activities/effect.ts';

/** Points beside the steps. */
export const archivePoints = faultPoints.filter((point) => point.startsWith('archive.'));
export const sweepPoints = faultPoints.filter((point) => point.startsWith('sweep.'));

/** Points of the steps of a dream. */
export const stepPoints: readonly FaultPoint[] = faultPoints.filter(
  (point) => !archivePoints.includes(point) && !sweepPoints.includes(point),
);
