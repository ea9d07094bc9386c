import { describe, expect, it } from 'vitest';
import { noControlCharacters } from '../../domain/guards/no-control-characters.ts';
import { buildIndex } from '../../domain/index-file.ts';
import { blamed, withAdded } from './good-draft.ts';

describe('no-control-characters', () => {
  it('passes tabs, emoji and other scripts', () => {
    expect(blamed(noControlCharacters, withAdded('Gr\u00fc\u00dfe\t\u{1f469}\u200d\u{1f4bb} \u0645\u0631\u062d\u0628\u0627'))).toEqual([]);
  });

  it.each(['\u001b]0;title\u0007', '\u009b31m', '\u0000', '\u202e'])('blames the change whose line holds %j', (sign) => {
    expect(blamed(noControlCharacters, withAdded(`Deploys ${sign} go out on Tuesdays.`))).toEqual(['chg_bad']);
  });

  it('never lets one into an index, whatever a title holds', () => {
    const content = '# Notes \u001b[31mred\n\n- Deploys go out on Tuesdays.\n';
    const [index] = buildIndex([{ path: '/notes.md', content }]);
    expect(index?.content).toContain('Notes');
    expect(index?.content).not.toContain('\u001b');
  });
});
