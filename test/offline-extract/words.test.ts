import { describe, expect, it } from 'vitest';
import { sentences, terms } from '../../engines/offline/words.ts';

function split(text: string): string[] {
  return sentences(text).map(({ start, end }) => text.slice(start, end));
}

describe('sentences', () => {
  it('end at stops, question marks and line ends', () => {
    expect(split('It works. Does it? Yes!\nNext line')).toEqual(['It works.', 'Does it?', 'Yes!', 'Next line']);
  });

  it('keep versions, addresses, abbreviations, initials and code whole', () => {
    for (const whole of [
      'We use v1.2 e.g. with Node 20.3 here.',
      'See https://a.example/b.c?d=1 for it.',
      'Run `a. b. c` first.',
      'Dr. Weber met J. K. Stein.',
      'It opens at 5 p.m. daily.',
    ]) {
      expect(split(whole)).toEqual([whole]);
    }
  });

  it('begin after list markers and checkboxes', () => {
    expect(split('- first thing\n* [x] second\n3. third')).toEqual(['first thing', 'second', 'third']);
  });

  it('take one pass over any text', () => {
    const began = performance.now();
    for (const piece of ['. ', '`a ', 'a.b.', '\n', '?! ', '- ']) sentences(piece.repeat(1_000_000 / piece.length));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('terms', () => {
  it('are stemmed, without stop words and possessives', () => {
    expect(terms("The user's deployments are failing")).toEqual(['user', 'deploy', 'fail']);
  });

  it('keep identifiers and numbers whole', () => {
    expect(terms('npm run test:ci in src/a.ts on 8080')).toEqual(['npm', 'run', 'test:ci', 'src/a.ts', '8080']);
    expect(terms('1,250 requests')).toEqual(['1250', 'request']);
  });
});
