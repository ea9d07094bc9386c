// British and American spelling, by how words end: a user who respells one word after another wants one of them.

/** Ends like a British spelling, but is spelt so everywhere. */
const everywhere = new Set(
  (
    'our your hour hours four pour tour tours sour flour scour devour contour contours detour velour paramour glamour troubadour ' +
    'rise wise noise raise praise promise premise exercise advise revise devise otherwise likewise precise concise expertise enterprise surprise comprise compromise supervise improvise disguise franchise advertise cruise bruise poise excise incise demise televise arise chastise circumcise merchandise paradise treatise clockwise ' +
    'centred mediocre ogre acre massacre lucre genre timbre macabre cadre ' +
    'called calling rolled rolling filled filling pulled pulling polled polling killed killing installed installing selling telling spelling spelled falling filled billing billed skilled drilled drilling grilled smelled yelled yelling swelling dwelling controlled controlling enrolled enrolling compelled propelled expelled cancelling excelled excelling rebelled pulling stalled stalling scrolled scrolling allowed'
  ).split(' '),
);
everywhere.delete('cancelling');
everywhere.delete('centred');

const british =
  /^(?:[a-z]{2,}[a-z]our(?:s|ed|ing|able|ful|ite|less)?|[a-z]{3,}(?:is|ys)(?:e|es|ed|ing|ation|ations|er|ers)|[a-z]{2,}[bt]re(?:s|d)?|[a-z]{2,}ogue(?:s)?|(?:travel|cancel|label|model|signal|level|fuel|channel|marshal|counsel|jewel|quarrel|total|equal|initial|dial|panel|tunnel)l(?:ed|ing|er|ers)|programme(?:s)?|grey|licence|defence|offence|cheque|tyre|aluminium|plough|catalogue|ageing|judgement|fulfil|enrol|skilful)$/;
const american =
  /^(?:[a-z]{2,}(?:col|fav|hon|lab|behavi|neighb|hum|rum|harb|flav|vap|sav|arm|end)or(?:s|ed|ing|able|ful|ite)?|(?:color|favor|honor|labor|behavior|neighbor|humor|rumor|harbor|flavor|vapor|savor|armor|endeavor)(?:s|ed|ing|able|ful|ite)?|[a-z]{3,}(?:iz|yz)(?:e|es|ed|ing|ation|ations|er|ers)|(?:center|meter|liter|theater|fiber|caliber|specter)(?:s|ed)?|(?:dialog|catalog|analog)(?:s)?|(?:travel|cancel|label|model|signal|level|fuel|channel)(?:ed|ing|er|ers)|gray|license|defense|offense|program)$/;

/** Whether the words of a short correction are spelt the one way only; null when they do not tell. */
export function spellingOf(words: readonly string[]): 'British' | 'American' | null {
  let found: 'British' | 'American' | null = null;
  for (const word of words.flatMap(partsOf)) {
    const kind = everywhere.has(word) ? null : british.test(word) ? 'British' : american.test(word) ? 'American' : null;
    if (kind === null) continue;
    if (found !== null && found !== kind) return null;
    found = kind;
  }
  return found;
}

/** "centreMap" and "organise_imports" hold words. */
function partsOf(word: string): string[] {
  return word
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== '');
}
