import { describe, expect, it } from 'vitest';
import { checkMemoryPath, conflictingPath } from '../../domain/memory-path.ts';

describe('checkMemoryPath', () => {
  it.each([
    '/a',
    '/notes/todo.md',
    '/a b/ä.md',
    '/日本/メモ.md',
    '/.hidden',
    '/a...b',
    '/👍.md',
    `${'/a'.repeat(20)}`,
    `/${'a'.repeat(1_023)}`,
  ])('accepts %j', (path) => {
    expect(checkMemoryPath(path)).toBeNull();
  });

  it.each([
    ['', 'begin with'],
    ['notes.md', 'begin with'],
    ['/', 'empty segment'],
    ['/a/', 'empty segment'],
    ['/a//b', 'empty segment'],
    ['/a/./b', '".."'],
    ['/..', '".."'],
    ['/a\u0000b', 'control'],
    ['/a\nb', 'control'],
    ['/a\u200bb', 'control'],
    ['/a\u202eb', 'control'],
    ['/a\u2028b', 'control'],
    ['/a\u2029b', 'control'],
    ['/cafe\u0301', 'NFC'],
    ['/a'.repeat(21), 'segments'],
    [`/${'a'.repeat(1_024)}`, 'bytes'],
    [`/${'ä'.repeat(512)}`, 'bytes'],
    ['/\ud800', 'surrogate'],
  ])('refuses %j and says why', (path, word) => {
    expect(checkMemoryPath(path)).toContain(word);
  });

  it('does not repeat the path', () => {
    expect(checkMemoryPath('/secret-name\u0007')).not.toContain('secret-name');
  });
});

describe('conflictingPath', () => {
  it('finds nothing among files side by side', () => {
    expect(conflictingPath(['/a.md', '/a/b.md', '/ab', '/a/c/d.md', '/a-b'])).toBeNull();
  });

  it('finds a file that another needs as its folder, in either order, at any depth', () => {
    expect(conflictingPath(['/notes', '/notes/todo.md'])).toEqual(['/notes', '/notes/todo.md']);
    expect(conflictingPath(['/a/b/c/d.md', '/x', '/a/b'])).toEqual(['/a/b', '/a/b/c/d.md']);
  });

  it('finds the same path twice', () => {
    expect(conflictingPath(['/a', '/b', '/a'])).toEqual(['/a', '/a']);
  });

  it('reads 10,000 paths at once', () => {
    const paths = Array.from({ length: 10_000 }, (_, index) => `/deep/${index % 97}/folder/${index}.md`);
    expect(conflictingPath(paths)).toBeNull();
    expect(conflictingPath([...paths, '/deep/5'])?.[0]).toBe('/deep/5');
  });
});
