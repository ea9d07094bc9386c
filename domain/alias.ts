/** How an alias came to point where it points. */
export const aliasMoveKinds = ['set', 'promote', 'rollback', 'dream'] as const;
export type AliasMoveKind = (typeof aliasMoveKinds)[number];

/** Lower-case letters, digits, dots, dashes and underscores; at most 63 characters. */
export const aliasForm = /^[a-z0-9][a-z0-9._-]{0,62}$/;

export interface AliasMove {
  kind: AliasMoveKind;
  storeId: string;
}

/**
 * The stores that an alias can be rolled back through, oldest first, the present one last: a rollback takes the last one
 * away, every other move adds one.
 */
export function standingStores(moves: readonly AliasMove[]): string[] {
  const stack: string[] = [];
  for (const { kind, storeId } of moves) {
    if (kind === 'rollback') stack.pop();
    else if (stack.at(-1) !== storeId) stack.push(storeId);
  }
  return stack;
}
