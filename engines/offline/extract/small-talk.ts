// Small talk at work, told by a statistic: its words stand nowhere else in the session, in no field of the trade and beside no value.
import type { TranscriptEvent } from '../../../domain/transcript.ts';
import type { Window } from '../../../domain/window.ts';
import { isAnchored } from './judge.ts';
import { thingsIn } from '../known-things.ts';
import type { Frame } from '../frame.ts';
import { areasOf } from '../topic.ts';
import { hardValues, valueKind } from '../value.ts';
import { terms } from '../words.ts';

/** Of a statement's words this share must be met nowhere else in the session. */
const strangeShare = 0.6;
const fewestWords = 2;
/** In a shorter session every word is rare. */
const fewestEvents = 4;
/** Of a long output the beginning says what it is about. */
const mostPerEvent = 8_000;

/** Of these a project keeps no notes. */
const privateLife = new Set(['Family and friends', 'Health', 'Travel', 'Interests']);
/** Small talk has days, people and the speaker in it as work has. */
const either = new Set([...privateLife, 'Schedule and deadlines', 'People and ownership', 'About the user', 'Work and study']);
/** Food, weather, ways, rooms and pets: what people talk of beside their work. Words that also name things of the trade are left out. */
const everyday = new Set(
  terms(
    'coffee tea lunch dinner breakfast cake cookie doughnut pizza soup lasagne sandwich beer wine canteen kitchen fridge microwave oven dishwasher lift elevator aircon heating parking bike train bus tram taxi flight traffic commute weather rain snow storm sunshine heatwave umbrella baby toddler nanny school nursery recital birthday wedding holiday vacation weekend party pub quiz match goal football tennis ski yoga gym dentist doctor headache fever flu knee back tooth sleep nap cat dog puppy parrot hamster neighbour neighbor landlord plumber garden plant sofa chair desk umbrella sunburn barbecue picnic concert movie novel guitar piano choir raffle lottery',
  ),
);
/** Beside so few words of the trade an everyday word decides. */
const littleTrade = 2;
/** Kinds of value that small talk has too. */
const everydayKinds = new Set(['weekday', 'time', 'date', 'name', 'words']);

const ofOneself = /\b(?:i|i['’]\w+|my|me|mine)\b/i;

/** Tells small talk in one window; the words of its events are counted when first asked for. */
export function smallTalkIn(window: Window): (sentence: string, frame: Frame, said: TranscriptEvent) => boolean {
  let counted: Map<string, number> | null = null;
  const wordsOf = (event: TranscriptEvent): Set<string> => new Set(event.blocks.flatMap(({ text }) => terms(text.slice(0, mostPerEvent))));
  return (sentence, frame, said) => {
    if (frame.rule || frame.imperative || frame.oldValue !== null || sentence.length > 240 || holdsValue(sentence)) return false;
    const words = [...new Set(terms(sentence))];
    if (words.length < fewestWords || thingsIn(words).length > 0) return false;
    const areas = areasOf(words);
    const trade = areas.find(({ area }) => !either.has(area.heading))?.weight ?? 0;
    const life = areas.find(({ area }) => privateLife.has(area.heading))?.weight ?? 0;
    if (life >= 3 && life > trade) return true;
    if (trade <= littleTrade && words.some((word) => everyday.has(word))) return true;
    const events = [...window.context, ...window.events];
    // Whatever is told of the project for the first time is as strange; what one says of oneself is more often beside it.
    if (!ofOneself.test(sentence) || trade >= 1 || events.length < fewestEvents || isAnchored(sentence, frame)) return false;
    if (counted === null) {
      counted = new Map();
      for (const event of events) for (const word of wordsOf(event)) counted.set(word, (counted.get(word) ?? 0) + 1);
    }
    const own = wordsOf(said);
    const elsewhere = counted;
    const strange = words.filter((word) => (elsewhere.get(word) ?? 0) <= (own.has(word) ? 1 : 0));
    return strange.length / words.length >= strangeShare;
  };
}

/** A value that somebody may look up; one figure ("a 6 hour drive") is none. */
function holdsValue(sentence: string): boolean {
  return hardValues(sentence).some(({ text }) => !/^\d{1,2}$/.test(text) && !everydayKinds.has(valueKind(text)));
}
