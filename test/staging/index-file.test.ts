import { describe, expect, it } from 'vitest';
import { buildIndex, readIndexLink } from '../../domain/index-file.ts';
import { maxIndexBytes } from '../../domain/limits.ts';

const file = (path: string, content = '- a\n') => ({ path, content });

describe('the index', () => {
  it('has one line a file with what it holds', () => {
    const [index] = buildIndex([
      file('/b.md', '# Deploy\n\n## Staging\n- x\n## Production\n- y\n'),
      file('/a b.md', '# Ports\n- one\n- two\n'),
      file('/c.md', '---\ndescription: "how we test"\n---\n- z\n'),
      file('/d.md', 'Just a note\n'),
    ]);
    expect(index?.content).toBe(
      '# Index\n\n- [/a b.md](</a b.md>): Ports (2 statements)\n- [/b.md](/b.md): Deploy: Staging, Production\n- [/c.md](/c.md): how we test\n- [/d.md](/d.md): Just a note\n',
    );
  });

  it('keeps lines within 150 characters', () => {
    const [index] = buildIndex([file('/long.md', `# ${'word '.repeat(100)}\n`)]);
    for (const line of index?.content.split('\n') ?? []) expect([...line].length).toBeLessThanOrEqual(150);
    expect(index?.content).toContain('word…');
  });

  it('keeps the words of a person above the list and replaces only lines that list files', () => {
    const [index] = buildIndex(
      [file('/a.md')],
      [file('/_index.md', '# Start here\n\nRead people first.\n\n## Files\n\n- [a](a.md): old words\n- [gone](gone.md)\n')],
    );
    expect(index?.content).toBe('# Start here\n\nRead people first.\n\n- [/a.md](/a.md): a\n');
    expect(buildIndex([file('/a.md')], [index as { path: string; content: string }])).toEqual([index]);
  });

  it.each([
    [3_000, 40],
    [3_000, 1],
    [10_000, 3],
  ])('lists %d files in %d folders, each index within its size', (count, folders) => {
    const files = Array.from({ length: count }, (_, n) => file(`/folder-${n % folders}/note-${n}.md`, `# Title number ${n}\n`));
    const made = buildIndex(files);
    const contents = new Map(made.map((index) => [index.path, index.content]));
    const seen = new Set<string>();
    const walk = (path: string): void => {
      expect(new TextEncoder().encode(contents.get(path)).length).toBeLessThanOrEqual(maxIndexBytes);
      for (const line of (contents.get(path) ?? '').split('\n')) {
        const link = readIndexLink(line);
        if (link === null) continue;
        seen.add(link);
        if (contents.has(link)) walk(link);
      }
    };
    walk('/_index.md');
    expect(files.filter(({ path }) => !seen.has(path))).toEqual([]);
    expect(made.filter(({ path }) => path !== '/_index.md' && !seen.has(path))).toEqual([]);
  });
});
