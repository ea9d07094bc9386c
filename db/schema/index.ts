/** Every table, in the order in which they may refer to each other. */
export * from './workspaces.ts';
export * from './contents.ts';
export * from './memory-stores.ts';
export * from './sessions.ts';
export * from './dreams.ts';
export * from './work.ts';
export * from './drafts.ts';
export * from './decisions.ts';
export * from './operations.ts';
export * from './aliases.ts';
export * from './erasures.ts';
export * from './histories.ts';
