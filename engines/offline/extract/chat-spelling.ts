// Writes out the spellings of quick typing ("dont", "u", "w/o", "tmrw"), so that every rule after it sees one English.

/** Whole words, lower case: what is typed and what it stands for. General usage of chats, nothing of a subject. */
const shortForms = new Map<string, string>(
  Object.entries({
    u: 'you',
    ur: 'your',
    youre: "you're",
    theyre: "they're",
    hes: "he's",
    shes: "she's",
    ive: "I've",
    im: "I'm",
    thats: "that's",
    whats: "what's",
    wheres: "where's",
    theres: "there's",
    heres: "here's",
    em: 'them',
    rn: 'right now',
    atm: 'at the moment',
    shd: 'should',
    cld: 'could',
    wld: 'would',
    bc: 'because',
    cuz: 'because',
    tmrw: 'tomorrow',
    tmr: 'tomorrow',
    tho: 'though',
    wanna: 'want to',
    gotta: 'have to',
    idk: "I don't know",
    iirc: 'if I remember',
    somethings: "something's",
    everythings: "everything's",
  }),
);
const negated = /\b(do|does|did|is|are|was|were|have|has|had|should|would|could|ca|wo|must|need)nt\b/gi;
const withForms = /(?<=^|\s)w\/(o)?(?=\s)/gi;
const shortWord = new RegExp(`(?<![\\p{L}\\p{N}_'’./@#-])(?:${[...shortForms.keys()].join('|')})(?![\\p{L}\\p{N}_'’/@#-]|\\.\\p{L})`, 'gu');
/** "its 600 a minute", "its not" state; "its port is" owns. */
const itIs = /(?<=^|[,;:.]\s{1,3})its(?= (?:an?|the|not|all|just|only|on|in|\d)\b)/gi;
/** "were on 3.2 now" without a subject is "we're". */
const weAre = /^((?:also|and|but|so|btw|since)[, ]+)?were (?=(?:on|at|in|not|using|still|now|all)\b)/i;
const letUs = /^((?:so|ok|k|and)[, ]+)?lets\b/i;
/** "on 6543 btw not 5432": an aside in mid-sentence is a pause. */
const aside = /(?<=\S),? (?:btw|fyi|by the way),?(?= (?!$))/gi;
/** Mere interjections of quick typing before what is said. */
const opener = /^(?:(?:k|kk|yea|ya|ye|ugh|gah|meh|n\/m|nm|ta|oki|mm+)(?:[.,!;:]+\s*|\s+(?=[a-z]+ [a-z])))+/i;

/** What is longer is pasted. */
const longest = 700;
/** Any of them, as a cheap first look. */
const quick = new RegExp(
  `(?:^|[^\\p{L}])(?:${[...shortForms.keys()].join('|')}|its|were|lets|w/o?|btw|fyi|by the way|k|kk|yea|ya|ye|ugh|gah|meh|n/m|nm|ta|oki|mm+|\\p{L}{2,6}nt)(?![\\p{L}'’])`,
  'iu',
);

/** The sentence with short spellings written out; code between back quotes stays. */
export function writtenOut(sentence: string): string {
  // Cheap look first: most sentences hold none of these.
  if (sentence.length > longest || !quick.test(sentence)) return sentence;
  return sentence
    .replace(opener, '')
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : plainPart(part)))
    .join('');
}

function plainPart(text: string): string {
  return text
    .replace(aside, ',')
    .replace(negated, (_, verb: string) => `${verb}n't`)
    .replace(withForms, (_, out: string | undefined) => (out === undefined ? 'with' : 'without'))
    .replace(weAre, (_, lead: string | undefined) => `${lead ?? ''}we're `)
    .replace(letUs, (_, lead: string | undefined) => `${lead ?? ''}let's`)
    .replace(itIs, "it's")
    .replace(shortWord, (word, at: number) =>
      // "1.5 em" measures.
      word === 'em' && /\d\s?$/.test(text.slice(0, at)) ? word : (shortForms.get(word) ?? word),
    );
}
