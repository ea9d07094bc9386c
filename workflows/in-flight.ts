/**
 * Runs `work` for 0..count-1, at most `limit` at a time, and answers the results in order. After a failure nothing new is
 * started; the failure comes out once what was running has ended, so that no work outlives its step.
 */
export async function inFlight<T>(count: number, limit: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const failures: unknown[] = [];
  let next = 0;
  async function lane(): Promise<void> {
    while (next < count && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await work(index);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, count) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
