/** What a pattern in the store ends with, "(done in 3 of 17 sessions)."; group 1 is how many it counts. */
export const patternCount = /\s\([^()]{1,60} in (\d+) of \d+ sessions\)\.?\s*$/;
