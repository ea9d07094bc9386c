import { describe, expect, it } from 'vitest';
import { pathRules } from '../../domain/guards/path-rules.ts';
import { maxMemoriesPerStore } from '../../domain/limits.ts';
import { blamed, changeOf, goodInput, withAdded, withDraft } from './good-draft.ts';

const withFile = (path: string, content = 'x') => {
  const { files, changes } = goodInput().draft;
  return withDraft({
    files: [...files, { path, content, sha256: '', memoryId: null }],
    changes: [...changes, changeOf({ id: 'chg_file', kind: 'add', path, after: content })],
  });
};

describe('path-rules', () => {
  it('passes a draft of ordinary files', () => {
    expect(pathRules.check(goodInput())).toEqual({ checked: 4, findings: [] });
  });

  it.each([
    'no-slash.md',
    '/a//b.md',
    '/../a.md',
    '/a\u0007.md',
    '/a\u202e.md',
    '/cafe\u0301.md',
    `/${'a'.repeat(1_100)}`,
    `${'/a'.repeat(21)}`,
  ])('blames the change that makes the path %j', (path) => {
    expect(blamed(pathRules, withFile(path))).toEqual(['chg_file']);
    expect(pathRules.check(withFile(path)).findings[0]?.path).toBe('/');
  });

  it('blames a new file that would need another file as its folder', () => {
    expect(blamed(pathRules, withFile('/build.md/more.md'))).toEqual(['chg_file']);
    expect(blamed(pathRules, withFile('/policies'))).toEqual(['chg_file']);
  });

  it('blames the change that makes a file too large, and only that', () => {
    expect(blamed(pathRules, withAdded('ä'.repeat(52_000)))).toEqual(['chg_bad']);
  });

  it('blames the change that brings half of a surrogate pair', () => {
    expect(blamed(pathRules, withAdded('An emoji was cut: \ud83d'))).toEqual(['chg_bad']);
  });

  it('finds more files than a store holds', () => {
    const files = Array.from({ length: maxMemoriesPerStore + 1 }, (_, index) => ({
      path: `/f/${index}.md`,
      content: 'x',
      sha256: '',
      memoryId: null,
    }));
    expect(blamed(pathRules, withDraft({ files }))).toEqual([null]);
  });
});
