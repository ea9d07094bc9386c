import { describe, expect, it } from 'vitest';
import { bagOf, similarity } from '../../domain/similarity.ts';
import { likenessOfLetters } from '../../engines/offline/reconcile/letters.ts';
import { shortNote, wordBag } from '../../engines/offline/word-bag.ts';
import { terms } from '../../engines/offline/words.ts';

const words = (a: string, b: string, leaning = shortNote) => similarity(wordBag(terms(a)), wordBag(terms(b)), leaning);

describe('similarity', () => {
  it('is 1 for the same words in any order and 0 for none in common, or for nothing said', () => {
    expect(words('deploys go to Frankfurt', 'Frankfurt deploy')).toBe(1);
    expect(words('deploys', 'lunch')).toBe(0);
    expect(words('', '')).toBe(0);
  });

  it('counts a differing identifier more than a differing word', () => {
    const base = 'the api listens on port 8080';
    expect(words(base, 'the api listens on port 9090')).toBeLessThan(words(base, 'the api answers on port 8080'));
  });

  it('leans to the shorter text as far as it is told', () => {
    const [short, long] = ['invoices carry tax', 'invoices carry tax of the country that the buyer lives in'];
    expect(words(short, long, 1)).toBe(1);
    expect(words(short, long, shortNote)).toBeLessThan(1);
    expect(words(short, long, 0.5)).toBeLessThan(words(short, long, shortNote));
    expect(words(short, long)).toBe(words(long, short));
  });

  it('counts what stands twice in both twice', () => {
    const bag = (...weights: [string, number][]) => bagOf(new Map(weights));
    expect(similarity(bag(['a', 2], ['b', 1]), bag(['a', 2], ['c', 1]), 0.5)).toBeCloseTo(2 / 3, 10);
    expect(similarity(bag(['a', 2], ['b', 1]), bag(['a', 1], ['b', 2]), 0.5)).toBeCloseTo(2 / 3, 10);
    expect(likenessOfLetters('noon', 'no on')).toBe(1);
  });
});
