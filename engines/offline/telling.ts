// Which words of a sentence between people tell something: praise, encouragement and mood are said of anything.
import { terms } from './words.ts';

/** Words of encouragement and mood: a sentence of nothing else tells nothing about a person. */
const commonplace = new Set(
  terms(
    'make happen dream believe keep going work tough hard positive amazing awesome great good best better journey thing things ' +
      'stuff time way day lot bit love life feel feeling happy glad excited thrilled pumped determined focused motivated motivation ' +
      'give quit stop push forward strong strength power know think see look hope want need try come take get learn grow move help ' +
      'share chance step success important key worth rewarding fun cool nice together always never really totally everything ' +
      'anything something someone everyone people others world moment moments memories change challenge energy inspired inspiring ' +
      'inspire encouraging support supportive care special wonderful beautiful incredible grateful thankful blessed lucky cannot ' +
      'wait true right sure big little new old long end start begin bring find reach put set talk say tell hear ride road goal goals ' +
      'passion hang rest lovely fantastic meaningful proud sad sorry nervous loved feels felt mean means meant makes made times lots ' +
      'truly days hoping looking remember remind reminds show shows brings gives helps able cherish appreciate other part ask asked ' +
      'answered definitely especially exactly agree matter matters joy comfort passionate',
  ),
);

export function isCommonplace(term: string): boolean {
  return commonplace.has(term);
}

/** Different words that say what somebody could ask for later. */
export function telling(sentence: string): string[] {
  return [...new Set(terms(sentence).filter((term) => !commonplace.has(term)))];
}
