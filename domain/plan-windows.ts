/** What planning needs to know of an event: no text. */
export interface EventOutline {
  number: number;
  /** UTF-16 length of each text block. */
  blocks: number[];
}

export interface WindowPlan {
  firstNumber: number;
  lastNumber: number;
  part: { block: number; start: number; end: number } | null;
  characters: number;
}

/** Characters of transcript that a token stands for, on average; an estimate for budgets, never for bills. */
export const charactersPerToken = 3.5;

export const windowBudget = { maxCharacters: 175_000, overlap: 1_000 };

/**
 * Cuts a session into windows on event boundaries, first fit from the start: a session that grows keeps all its cuts but
 * the last. An event above the budget gets windows of its own, block by block, with overlap. Every event is covered.
 */
export function planWindows(
  events: readonly EventOutline[],
  budget: { maxCharacters: number; overlap: number } = windowBudget,
): WindowPlan[] {
  const plans: WindowPlan[] = [];
  let open = null as WindowPlan | null;
  for (const event of events) {
    const characters = event.blocks.reduce((sum, length) => sum + length, 0);
    if (characters > budget.maxCharacters) {
      if (open !== null) plans.push(open);
      open = null;
      plans.push(...cutEvent(event, budget));
    } else if (open !== null && open.characters + characters <= budget.maxCharacters) {
      open = { ...open, lastNumber: event.number, characters: open.characters + characters };
    } else {
      if (open !== null) plans.push(open);
      open = { firstNumber: event.number, lastNumber: event.number, part: null, characters };
    }
  }
  if (open !== null) plans.push(open);
  return plans;
}

function cutEvent(event: EventOutline, { maxCharacters, overlap }: { maxCharacters: number; overlap: number }): WindowPlan[] {
  const plans: WindowPlan[] = [];
  const step = Math.max(1, maxCharacters - overlap);
  event.blocks.forEach((length, block) => {
    for (let start = 0; start < length; start += step) {
      const end = Math.min(length, start + maxCharacters);
      plans.push({ firstNumber: event.number, lastNumber: event.number, part: { block, start, end }, characters: end - start });
      if (end === length) break;
    }
  });
  return plans;
}

/** Puts things of a size into packs of at most `packSize`, in order; a pack holds at least one. 0 means one a pack. */
export function packBySize(sizes: readonly number[], packSize: number): number[] {
  let pack = -1;
  let used = Infinity;
  return sizes.map((size) => {
    if (used + size > packSize) {
      pack += 1;
      used = 0;
    }
    used += size;
    return pack;
  });
}
