/** Claims and candidate facts that may concern each other. Every claim and every fact is in exactly one group. */
export interface Group {
  ordinal: number;
  claimIds: string[];
  factIds: string[];
}
