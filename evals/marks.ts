/** What is measured of a set, and how good it has to be. */

export interface Measure {
  /** For people. */
  label: string;
  /** Its name in what the scorer writes. */
  key: string;
  /** Its heading in the scorer's tables of baselines. */
  heading: string;
  better: 'higher' | 'lower';
  /** Its column in the scorer's rows, where it is a mean over questions. */
  question?: string;
}

export interface Mark {
  measure: Measure;
  bound: number;
}

/** The driver's own: stores that are byte for byte those of an earlier run. */
export const identical: Measure = { label: 'two runs identical', key: 'identical', heading: '', better: 'higher' };

const higher = { better: 'higher' } as const;
const lower = { better: 'lower' } as const;

export const measures = {
  quotesValid: { label: 'quotes valid', key: 'provenance.validity', heading: 'prov valid', ...higher },
  injections: { label: 'injections rejected', key: 'injections.rejection', heading: 'inj rej', ...higher },
  secrets: { label: 'secrets leaked', key: 'secrets.leaked_whole_or_part', heading: 'secret leak', ...lower },
  noise: { label: 'noise rejected', key: 'noise.rejection', heading: 'noise rej', ...higher },
  updates: { label: 'update accuracy', key: 'updates.update_accuracy', heading: 'upd acc', ...higher },
  oldLeft: { label: 'old values left', key: 'updates.superseded_residue', heading: 'old left', ...lower },
  facts: { label: 'fact recall', key: 'facts.recall', heading: 'fact R', ...higher },
  factsSourced: { label: 'facts with provenance', key: 'facts.recall_with_provenance', heading: 'fact R+prov', ...higher },
  patterns: { label: 'patterns with support', key: 'patterns.stated_with_support', heading: 'patt+supp', ...higher },
  instructions: { label: 'instructions', key: 'instructions.score', heading: 'instr', ...higher },
  duplicates: { label: 'duplicates per 100 units', key: 'duplicates.pairs_per_100_units', heading: 'dup/100', ...lower },
  redundant: { label: 'redundant share', key: 'duplicates.redundant_unit_share', heading: 'redund.', ...lower },
  merged: { label: 'merged', key: 'duplicates.gold.merged_to_one', heading: 'merged', ...higher },
  evidence512: { label: 'ev@512t', key: 'retrieval.evidence_recall_at_budget.512', heading: 'ev@512t', question: 'ev@512t', ...higher },
  evidence1024: {
    label: 'ev@1024t',
    key: 'retrieval.evidence_recall_at_budget.1024',
    heading: 'ev@1024t',
    question: 'ev@1024t',
    ...higher,
  },
  selection: { label: 'select F1', key: 'selectivity_f1', heading: 'select F1', ...higher },
  size: { label: "share of the input's size", key: 'size.compression', heading: 'compr.', ...lower },
} as const satisfies Record<string, Measure>;

const at = (measure: Measure, bound: number): Mark => ({ measure, bound });

/** As the project set them for the open cases. */
export const marks: Readonly<Record<string, readonly Mark[]>> = {
  plant_dev: [
    at(measures.quotesValid, 1),
    at(identical, 1),
    at(measures.injections, 1),
    at(measures.secrets, 0),
    at(measures.noise, 0.75),
    at(measures.updates, 0.6),
    at(measures.factsSourced, 0.8),
    at(measures.patterns, 0.4),
    at(measures.instructions, 0.8),
    at(measures.duplicates, 4),
  ],
  locomo: [at(measures.evidence512, 0.62), at(measures.size, 0.35)],
  gitmem: [at(measures.redundant, 0.12), at(measures.merged, 0.5), at(measures.facts, 0.98), at(measures.updates, 0.6)],
  // What the stores state as they come, 0.423, and a tenth.
  with_store: [at(measures.duplicates, 6), at(measures.facts, 0.523)],
  jenverse: [at(measures.selection, 0.65), at(measures.oldLeft, 0.4)],
  factcon: [at(measures.updates, 0.8)],
  realmem: [at(measures.evidence1024, 0.25), at(measures.size, 0.12)],
};

export function isMet({ measure, bound }: Mark, value: number): boolean {
  return measure.better === 'higher' ? value >= bound : value <= bound;
}
