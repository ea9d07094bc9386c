// Answers of functions that depend on one text alone, kept for the texts asked about last: a sentence is read many times over.

/** Texts of one function; with the answers a few megabytes a thread. */
const most = 4_000;
/** A long text is seldom asked about again, and its answer is large. */
const longest = 600;

/** As `answer`. What it gives is shared between callers and must not be changed by them. */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  // Two halves: when the newer one is full, the older one is let go; what is still asked for moves over.
  let newer = new Map<string, T>();
  let older = new Map<string, T>();
  return (text) => {
    if (text.length > longest) return answer(text);
    let known = newer.get(text);
    if (known !== undefined) return known;
    known = older.get(text) ?? answer(text);
    if (newer.size >= most / 2) {
      older = newer;
      newer = new Map();
    }
    newer.set(text, known);
    return known;
  };
}

/** The same for what depends on one object that nobody changes: a statement is compared with all of its group. */
export function rememberedOf<Subject extends object, T>(answer: (subject: Subject) => T): (subject: Subject) => T {
  const answers = new WeakMap<Subject, T>();
  return (subject) => {
    let known = answers.get(subject);
    if (known === undefined) answers.set(subject, (known = answer(subject)));
    return known;
  };
}
