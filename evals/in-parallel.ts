/** A few at once, each as soon as there is room. */

/**
 * Works through the items with `jobs` of them going on at a time; the answers keep the items' order. After a failure nothing
 * new is begun, and it is thrown once all that had begun has ended, so that nobody uses what the caller closes then.
 */
export async function inParallel<Item, Answer>(
  items: readonly Item[],
  jobs: number,
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const waiting = [...items.entries()];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, item] = next;
      try {
        answers[index] = await work(item);
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(jobs, items.length) }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return answers;
}
