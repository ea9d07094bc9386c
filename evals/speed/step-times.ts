/** How long each step of a dream took, read from the lines that it left in its live session. */
import type { SessionEvent } from '../../domain/transcript.ts';

export interface StepTime {
  step: string;
  seconds: number;
}

/** A step's time goes from the last line of the step before it to its own last line; a step that came again is summed up. */
export function stepTimes(begun: string, events: readonly SessionEvent[]): StepTime[] {
  const times = new Map<string, number>();
  let last = Date.parse(begun);
  for (const { type, payload, processedAt } of events) {
    const { step } = payload;
    if (type !== 'agent.message' || typeof step !== 'string' || processedAt === null) continue;
    const at = Date.parse(processedAt);
    times.set(step, (times.get(step) ?? 0) + Math.max(0, at - last));
    last = Math.max(last, at);
  }
  return [...times].map(([step, ms]) => ({ step, seconds: ms / 1000 }));
}
