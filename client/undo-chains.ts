/**
 * Operations beside the undos that follow them: each chain begins with an operation, then comes its undo, the undo of that
 * one, and so on. One of an odd length holds, and its last member is what can be undone; one of an even length is taken back.
 * The chains stand in the order of their first members.
 */
export function undoChains<Operation extends { id: string; undoesId: string | null }>(operations: readonly Operation[]): Operation[][] {
  const known = new Set(operations.map((operation) => operation.id));
  const undoOf = new Map(
    operations.flatMap((operation) => (operation.undoesId === null ? [] : [[operation.undoesId, operation] as const])),
  );
  return operations
    .filter(({ undoesId }) => undoesId === null || !known.has(undoesId))
    .map((first) => {
      const chain: Operation[] = [];
      for (let next: Operation | undefined = first; next !== undefined; next = undoOf.get(next.id)) chain.push(next);
      return chain;
    });
}

/** Whether what the chain began with holds. */
export function holds(chain: readonly unknown[]): boolean {
  return chain.length % 2 === 1;
}
