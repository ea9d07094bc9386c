// Whether a sentence of work talk leans on what only the conversation shows: "those three phases", "it's on line 98", "you broke it".
import { isImperative } from '../mood.ts';
import { tag } from './language.ts';
import type { Token } from './language.ts';

const thirdPerson = /^(?:it|its|they|them|their|he|him|his|she|her)$/i;
/** "That" before a noun is not told from the conjunction by taggers, so it is left out. */
const pointer = /^(?:this|these|those)$/i;
/** What everybody who reads the memory is in. */
const surroundings =
  /^(?:repo|repository|project|code|codebase|service|app|application|package|team|company|library|cluster|database|schema|workspace|account|site|website|module|product|api|year|month|quarter|week|season)s?$/i;
/** A place in a text that somebody had before them. */
const placeInText = /§|\blines? \d|\b(?:option|alternative|variant) \(?[a-h\d]\)?(?![\p{L}\d])|(?<![\p{L}\d_])\([a-h]\)(?![\p{L}\d(])/iu;
const placeAround = /\b(?:is|are|was|were|goes|lives?|sits?) (?:here|above|below)\b(?! \p{L})|^here\b|\bhere['’]s\b/iu;
/** "X has none": of what was said before. */
const barePart = /\b(?:none|some|several|neither|the (?:other|others|same|former|latter|first|second|rest))[.!]?$/i;
/** A sentence about somebody's words judges a text, and says nothing by itself. */
const aboutWords = /^["“][^"”]*\s[^"”]*\s[^"”]*\s[^"”]*["”][,)]? \p{Ll}/u;
const rule = /\b(?:always|never|must|should|shall|whenever|when|if|every|each|only|please|from now on|by default)\b/i;

/** Of a sentence as it was said, before names are put for "I" and "we". */
export function leansOnTalk(sentence: string): boolean {
  const bare = sentence.replace(/`[^`]*`/g, 'Code').trim();
  if (isTorn(bare) || placeInText.test(bare) || placeAround.test(bare) || barePart.test(bare) || aboutWords.test(bare)) return true;
  // An order's "it" is what is worked on whenever the order applies: "keep it short".
  if (isImperative(bare)) return false;
  const tokens = tag(bare.replace(/"[^"]*"|“[^”]*”/g, 'Quote'));
  return lacksSubject(tokens) || pointsOutside(tokens) || (!rule.test(bare) && isToReader(tokens));
}

/** Cut out of something: a bracket or a quotation that only opens or only closes. */
function isTorn(text: string): boolean {
  const count = (mark: string): number => text.split(mark).length - 1;
  return count('(') !== count(')') || count('[') !== count(']') || count('"') % 2 === 1 || count('“') !== count('”');
}

/** "Seems we should ...", "turns out ...": nobody is named before the verb. */
function lacksSubject([first, second]: readonly Token[]): boolean {
  // "Deploys go through X" begins with a noun.
  if (second?.tag === 'VERB' || second?.tag === 'AUX') return false;
  return first?.tag === 'VERB' && first.lemma !== first.word.toLowerCase() && /^[\p{L}]{3,}[^s]s$/u.test(first.word);
}

/** A pronoun before which nothing is named, or "those" of things that are named nowhere before. */
function pointsOutside(tokens: readonly Token[]): boolean {
  const named: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (thirdPerson.test(token.word) && named.length === 0 && !isDummy(tokens, index)) return true;
    if (pointer.test(token.word)) {
      const noun = tokens.slice(index + 1, index + 4).find(isThing);
      if (noun !== undefined && !surroundings.test(noun.word) && !named.includes(noun.lemma)) return true;
    }
    if (isThing(token)) named.push(token.lemma);
  }
  return false;
}

/** "It is best to ...", "it takes an hour to ...": stands for what follows. */
function isDummy(tokens: readonly Token[], index: number): boolean {
  return (
    /^it$/i.test(tokens[index]?.word ?? '') && tokens.slice(index + 2, index + 6).some(({ word }) => /^(?:to|that|when|if)$/i.test(word))
  );
}

function isThing({ tag: part }: Token): boolean {
  return part === 'NOUN' || part === 'PROPN' || part === 'SYM' || part === 'X';
}

/** "You are repeating yourself", "you broke it": what the agent is doing just now; "you'll find it on ..." tells where something is. */
function isToReader(tokens: readonly Token[]): boolean {
  const at = tokens.findIndex(({ word }) => /^you$/i.test(word));
  const verb = tokens[at + 1];
  return (
    at >= 0 && at <= 2 && (/^(?:be|have|do)$/.test(verb?.lemma ?? '') || (verb?.tag === 'VERB' && verb.lemma !== verb.word.toLowerCase()))
  );
}
