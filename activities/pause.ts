import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or until the signal; leaves no listener behind, for it is called every few seconds for months. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
