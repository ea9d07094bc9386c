// Words of a text for "do these speak of the same": without function words and the commonest endings.
const functionWords = new Set(
  (
    'a about above after again all also always an and any are as at be because been before being both but by can could did do does doing done each either etc every for from get go had has have he her here him his how i if in ' +
    'into is it its just like made make me more most must my neither never no not now of off on once one only or other our out over own per set she should since so some such than that the their them then there these they this ' +
    'those through to too under until up use used uses using very via was we were what when where which while who why will with without would yes you your'
  ).split(' '),
);

export function termsOf(text: string): string[] {
  const found = new Set<string>();
  for (const word of text
    .slice(0, 4_000)
    .toLowerCase()
    .match(/[\p{L}\p{N}][\p{L}\p{N}._-]{0,60}/gu) ?? []) {
    const bare = word.replace(/[._-]+$/, '');
    // "force-push" and "QUEUE_NAME" speak of pushing and of queues; "order-204817" is one name.
    const parts = /[._-]/.test(bare) ? bare.split(/[._-]+/) : [bare];
    for (const part of parts.every((one) => /^\p{L}*$/u.test(one)) ? parts : [bare])
      if (part.length >= 2 && !functionWords.has(part) && !/^\d{2}$/.test(part)) found.add(lightStem(part));
  }
  return [...found];
}

/** Plural, -ing, -ed and the commonest noun endings; enough to see "Deploy" in "Deployment". */
export function lightStem(word: string): string {
  if (!/^[a-z]{5,}$/.test(word)) return /^[a-z]{4}$/.test(word) ? word.replace(/s$/, '') : word;
  const stem = word.replace(/(?:ments?|ings?|ations?|ions?|ies|ed|es|ers?|s|e|y)$/, '');
  return stem.length >= 3 ? stem.replace(/([^aeiou])\1$/, '$1') : word;
}
