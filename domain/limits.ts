/** The contract's numbers (wire.md §5.5, §6) in one place. "Characters" are Unicode code points. */
export const maxSessionsPerDream = 100;
export const maxInstructionsCharacters = 4_096;
export const maxModelIdCharacters = 256;
export const maxMemoryBytes = 102_400;
export const maxPathBytes = 1_024;
export const maxPathSegments = 20;
export const maxMemoriesPerStore = 10_000;
export const maxStoreNameCharacters = 255;
/** `/_index.md` stays small enough to be read whole at the start of a session; beyond it one index per folder. */
export const maxIndexBytes = 25_000;
