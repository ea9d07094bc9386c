import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictingPath } from '../../domain/memory-path.ts';
import type { PathFile, RebaseInput } from '../../domain/rebase.ts';
import { indexOver, isGeneratedIndex } from '../../domain/index-file.ts';
import { rebase } from '../../domain/rebase.ts';

type Files = Record<string, string>;

const filesOf = (files: Files): PathFile[] => Object.entries(files).map(([path, sha256]) => ({ path, sha256 }));

const of = (base: Files, theirs: Files, ours: Files) => rebase({ base: filesOf(base), theirs: filesOf(theirs), ours: filesOf(ours) });

const standing = (files: readonly PathFile[]): Files => Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256]));

describe('a path that one side touched is that side’s:', () => {
  const base = { '/a': '1', '/b': '1', '/c': '1' };
  it.each<[string, Files, Files, Files, string[]]>([
    ['nobody touched anything', base, base, base, []],
    ['they added', { ...base, '/d': '2' }, base, { ...base, '/d': '2' }, ['/d']],
    ['they changed', { ...base, '/a': '2' }, { ...base, '/b': '3' }, { '/a': '2', '/b': '3', '/c': '1' }, ['/a']],
    ['they deleted', { '/b': '1', '/c': '1' }, { ...base, '/b': '3' }, { '/b': '3', '/c': '1' }, ['/a']],
    ['they renamed', { '/z': '1', '/b': '1', '/c': '1' }, { ...base, '/b': '3' }, { '/z': '1', '/b': '3', '/c': '1' }, ['/a', '/z']],
    ['we deleted', { ...base, '/a': '2' }, { '/a': '1', '/c': '1' }, { '/a': '2', '/c': '1' }, ['/a']],
    ['both deleted', { '/a': '1', '/b': '1' }, { '/a': '1', '/b': '1' }, { '/a': '1', '/b': '1' }, []],
    ['both wrote the same bytes', { ...base, '/a': '9' }, { ...base, '/a': '9' }, { ...base, '/a': '9' }, []],
    ['both added the same bytes', { ...base, '/d': '9' }, { ...base, '/d': '9' }, { ...base, '/d': '9' }, []],
  ])('%s', (_, theirs, ours, expected, kept) => {
    const result = of(base, theirs, ours);
    expect([standing(result.files), result.conflicts, result.theirs]).toEqual([expected, [], kept]);
  });
});

it('counts a path that a change names as touched, although its bytes stay', () => {
  const base = { '/a': '1', '/b': '1' };
  const input = { base: filesOf(base), theirs: filesOf({ '/a': '2', '/b': '1' }), ours: filesOf({ '/a': '1' }) };
  expect(rebase({ ...input, named: new Set(['/a', '/b']) }).conflicts).toEqual([{ path: '/a', base: '1', ours: '1', theirs: '2' }]);
  expect(rebase({ ...input, named: new Set(['/b']) }).conflicts).toEqual([]);
});

describe('a path that both touched is a conflict:', () => {
  const base = { '/a': '1' };
  it.each<[string, Files, Files, object]>([
    ['both changed it', { '/a': '2' }, { '/a': '3' }, { path: '/a', base: '1', ours: '3', theirs: '2' }],
    ['they deleted what we changed', {}, { '/a': '3' }, { path: '/a', base: '1', ours: '3', theirs: null }],
    ['they changed what we deleted', { '/a': '2' }, {}, { path: '/a', base: '1', ours: null, theirs: '2' }],
    ['both added it', { '/a': '1', '/n': '2' }, { '/a': '1', '/n': '3' }, { path: '/n', base: null, ours: '3', theirs: '2' }],
    ['they renamed what we changed', { '/z': '1' }, { '/a': '3' }, { path: '/a', base: '1', ours: '3', theirs: null }],
    [
      'our new file has a file of theirs as its folder',
      { '/a': '1', '/f': '2' },
      { '/a': '1', '/f/n.md': '3' },
      { path: '/f/n.md', base: null, ours: '3', theirs: null },
    ],
    [
      'our new file stands where they have a folder',
      { '/a': '1', '/f/g/n.md': '2' },
      { '/a': '1', '/f': '3' },
      { path: '/f', base: null, ours: '3', theirs: null },
    ],
  ])('%s', (_, theirs, ours, conflict) => {
    const result = of(base, theirs, ours);
    expect(result.conflicts).toEqual([conflict]);
    // Theirs stands there until somebody has looked.
    expect(standing(result.files)).toEqual(theirs);
  });
});

it('takes new files of ours, the last by path, where the store would hold too many', () => {
  const input: RebaseInput = {
    base: filesOf({ '/a': '1' }),
    theirs: filesOf({ '/a': '1', '/t1': '2', '/t2': '2' }),
    ours: filesOf({ '/a': '9', '/o1': '3', '/o2': '3' }),
  };
  expect(rebase(input, 5).conflicts).toEqual([]);
  expect(rebase(input, 4).conflicts).toEqual([{ path: '/o2', base: null, ours: '3', theirs: null }]);
  expect(rebase(input, 2).conflicts.map((conflict) => conflict.path)).toEqual(['/o1', '/o2']);
});

it('says of each file whose bytes it has', () => {
  const result = of(
    { '/a': '1', '/b': '1', '/c': '1', '/d': '1' },
    { '/a': '1', '/b': '2', '/c': '1', '/d': '4' },
    { '/a': '1', '/b': '1', '/c': '3', '/d': '4' },
  );
  expect(result.files.map(({ path, from }) => [path, from])).toEqual([
    ['/a', 'base'],
    ['/b', 'theirs'],
    ['/c', 'ours'],
    ['/d', 'both'],
  ]);
});

describe('of any three stores', () => {
  const path = fc.constantFrom('/a', '/b', '/a/x.md', '/b/y/z.md', '/b/y', '/c.md', '/d.md');
  /** Any store that can be: no file is a folder too. */
  const store = fc.dictionary(path, fc.constantFrom('1', '2', '3')).filter((files) => conflictingPath(Object.keys(files)) === null);

  it('what one side left alone is the other’s; conflicts are exactly where both touched differently or cannot stand together', () => {
    fc.assert(
      fc.property(store, store, store, (base, theirs, ours) => {
        const result = of(base, theirs, ours);
        const merged = standing(result.files);
        const conflicts = new Map(result.conflicts.map((conflict) => [conflict.path, conflict]));
        expect(conflictingPath(Object.keys(merged))).toBeNull();
        for (const each of new Set([...Object.keys(base), ...Object.keys(theirs), ...Object.keys(ours)])) {
          const [b, t, o] = [base[each], theirs[each], ours[each]];
          if (o === b) expect([each, merged[each], conflicts.has(each)]).toEqual([each, t, false]);
          else if (t === b) {
            // Ours stands, unless a file of theirs is in its way.
            const clashes =
              o !== undefined && Object.keys(merged).some((other) => other.startsWith(`${each}/`) || each.startsWith(`${other}/`));
            expect([each, merged[each], conflicts.has(each)]).toEqual([each, clashes ? undefined : o, clashes]);
          } else expect([each, merged[each], conflicts.has(each)]).toEqual([each, t, t !== o]);
          if (conflicts.has(each)) expect(conflicts.get(each)).toEqual({ path: each, base: b ?? null, ours: o ?? null, theirs: t ?? null });
        }
        expect(result.theirs).toEqual(
          [...new Set([...Object.keys(base), ...Object.keys(theirs)])]
            .filter((each) => ours[each] === base[each] && theirs[each] !== base[each])
            .sort(),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('against a base that did not move it is the draft, and a draft that changes nothing leaves what stands', () => {
    fc.assert(
      fc.property(store, store, (base, other) => {
        expect(standing(of(base, base, other).files)).toEqual(other);
        expect(standing(of(base, other, base).files)).toEqual(other);
      }),
    );
  });
});

describe('the index over what came out', () => {
  it('lists every file and keeps what a person wrote above the list that stands', () => {
    const made = indexOver(
      [
        { path: '/a.md', content: '# Alpha\n' },
        { path: '/b.md', content: '# Beta\n' },
      ],
      [{ path: '/_index.md', content: '# Index\n\nRead /a.md first.\n\n- [/a.md](/a.md): Alpha\n' }],
      [],
    );
    expect(made).toEqual([
      { path: '/_index.md', content: '# Index\n\nRead /a.md first.\n\n- [/a.md](/a.md): Alpha\n- [/b.md](/b.md): Beta\n' },
    ]);
  });

  it('is not made where it is protected', () => {
    expect(indexOver([{ path: '/a.md', content: '# A\n' }], [], ['/_index.md'])).toEqual([]);
  });

  it('is generated unless a person keeps it or nobody may touch it', () => {
    const own = { path: '/f/_index.md', content: '# Index of /f/\n' };
    expect(isGeneratedIndex(own, [])).toBe(true);
    expect(isGeneratedIndex(own, ['/f/'])).toBe(false);
    expect(isGeneratedIndex({ path: '/f/_index.md', content: '# My own list\n' }, [])).toBe(false);
    expect(isGeneratedIndex({ path: '/f/notes.md', content: '# Index\n' }, [])).toBe(false);
  });
});
