// Talks between two people: fewer words for the same, the right subject, nothing that only the talk explains.
import { describe, expect, it } from 'vitest';
import { condensed } from '../../engines/offline/extract/condensed.ts';
import { statements } from './build-window.ts';

const greeting = [{ user: 'Ines: Hey Tom! How are you?' }, { agent: 'Tom: Hi Ines! All fine here.' }];
const said = (...lines: string[]): string[] => statements([...greeting, ...lines.map((line) => ({ user: `Ines: ${line}` }))]);

describe('a sentence in fewer words', () => {
  it('loses comments, words of degree and attitude', () => {
    expect(condensed('I rowed across the lake - it was really rewarding!')).toBe('I rowed across the lake');
    expect(condensed('It was tough, but I finished the marathon in Oslo')).toBe('I finished the marathon in Oslo');
    expect(condensed('Unfortunately, I totally broke my very old violin')).toBe('I broke my old violin');
    expect(condensed('Since we last talked, I repaired the roof')).toBe('I repaired the roof');
  });

  it('keeps what limits, turns round or adds something', () => {
    for (const whole of [
      'I tried surfing, but it was not good',
      "I don't really like olives",
      'Hopefully, I can move to Bergen',
      'I bake with rye - my aunt gave me the recipe',
      'My sons are my anchors – they cook for me',
    ])
      expect(condensed(whole)).toBe(whole);
  });
});

describe('whom a line is about', () => {
  it('names the listener beside the speaker', () => {
    expect(said('I planted the roses you recommended near the barn.')).toEqual(['Ines planted the roses Tom recommended near the barn.']);
  });

  it('takes no noun and no matter for the speaker', () => {
    const lines = said('Love and patience are what the horses need from my family.', 'Gonna be a great evening at the Harbour Theatre!');
    expect(lines.filter((line) => /Ines (?:loves and|is going to be)/.test(line))).toEqual([]);
    expect(said('Taking your advice, I painted the old barn red.')).toEqual(["Taking Tom's advice, Ines painted the old barn red."]);
  });

  it('is nobody where the subject stands nowhere', () => {
    expect(said('They were built by a carpenter from Malmö for my uncle.')).toEqual([]);
  });

  it('is found in the question that was asked', () => {
    const [line] = statements([
      ...greeting,
      { user: 'Ines: What made the sailing trip so long?' },
      { agent: 'Tom: Thanks, Ines! It was a broken mast near Turku.' },
    ]);
    expect(line).toBe('Asked "What made the sailing trip so long?", Tom said: It was a broken mast near Turku.');
  });

  it('is no reaction to what the other shows', () => {
    expect(said('Love the blue curtains in the picture!', "It's great that you repaired the wooden boat so quickly.")).toEqual([]);
  });
});

describe('when it was', () => {
  it('is the day it was said for what somebody just did', () => {
    expect(said('I just adopted a greyhound from the shelter.')).toEqual(['Ines adopted a greyhound from the shelter (14 May 2026).']);
  });
});

describe('a picture', () => {
  it('says what its sender only points at', () => {
    expect(said("Here's a quilt I sewed last week! [shares a photo: a photo of a blanket with red foxes]")).toEqual([
      'Ines showed a quilt they sewed in the week before 14 May 2026 (photo: a blanket with red foxes).',
    ]);
    expect(said('I work as a carpenter in Ghent. [shares a photo: a photo of a dog]')).toEqual(['Ines works as a carpenter in Ghent.']);
  });
});

it('keeps the last word of what is right and back then', () => {
  expect(said('My lawyer in Ghent always fights for what is right.')).toEqual(["Ines's lawyer in Ghent always fights for what is right."]);
  expect(said('I lived in a caravan in Poland back then.')).toEqual(['Ines lived in a caravan in Poland back then.']);
});
