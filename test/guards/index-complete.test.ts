import { describe, expect, it } from 'vitest';
import { indexComplete } from '../../domain/guards/index-complete.ts';
import { buildIndex } from '../../domain/index-file.ts';
import { goodInput, withContent, withDraft } from './good-draft.ts';

const messages = (input: Parameters<typeof indexComplete.check>[0]): string[] =>
  indexComplete.check(input).findings.map((finding) => finding.message);
const fileAt = ({ path, content }: { path: string; content: string }) => ({ path, content, sha256: '', memoryId: null });

describe('index-complete', () => {
  it('passes the index that code wrote', () => {
    expect(indexComplete.check(goodInput())).toEqual({ checked: 3, findings: [] });
  });

  it('finds a file that the index leaves out, one that it lists twice, one that is not there', () => {
    const withoutPeople = (content: string): string =>
      content
        .split('\n')
        .filter((line) => !line.includes('/people.md'))
        .join('\n');
    expect(messages(withContent('/_index.md', withoutPeople))).toEqual(['No index lists /people.md.']);
    expect(messages(withContent('/_index.md', (content) => `${content}- [/people.md](/people.md)\n`))).toEqual([
      '/people.md is listed 2 times.',
    ]);
    expect(messages(withContent('/_index.md', (content) => `${content}- [/gone.md](/gone.md)\n`))).toEqual([
      'An entry of /_index.md names a file that is not there.',
    ]);
  });

  it('finds a missing index, and asks for none of an empty store', () => {
    expect(messages(withDraft({ files: goodInput().draft.files.filter((file) => file.path !== '/_index.md') }))).toEqual([
      'The draft has 3 files and no index.',
    ]);
    expect(messages(withDraft({ files: [] }))).toEqual([]);
  });

  it('finds an index that is too large to be read at once', () => {
    expect(messages(withContent('/_index.md', (content) => `${content}${'word '.repeat(6_000)}`))[0]).toMatch(
      /^\/_index\.md takes \d+ bytes; an index has at most 25000\.$/,
    );
  });

  it('reads the indexes of folders, too, and misses the file that the folder’s index leaves out', () => {
    const files = Array.from({ length: 1_200 }, (_, index) =>
      fileAt({ path: `/area-${index % 4}/notes/topic-${String(index).padStart(4, '0')}.md`, content: `# Topic ${index}\n\n- A note.\n` }),
    );
    const indexes = buildIndex(files).map(fileAt);
    expect(indexes.length).toBeGreaterThan(1);
    expect(messages(withDraft({ files: [...files, ...indexes] }))).toEqual([]);
    const holed = indexes.map((index) => ({
      ...index,
      content: index.content
        .split('\n')
        .filter((line) => !line.includes('topic-0007'))
        .join('\n'),
    }));
    expect(messages(withDraft({ files: [...files, ...holed] }))).toEqual(['No index lists /area-3/notes/topic-0007.md.']);
  });

  it('leaves an index that is protected or that a person keeps in a folder alone', () => {
    expect(messages({ ...withContent('/_index.md', () => '# Mine\n'), protect: ['/_index.md'] })).toEqual([]);
    const files = [
      fileAt({ path: '/docs/_index.md', content: '# Our docs\n\n- [Start](start.html)\n' }),
      fileAt({ path: '/a.md', content: 'A note.\n' }),
    ];
    expect(messages(withDraft({ files: [...files, ...buildIndex(files).map(fileAt)] }))).toEqual([]);
  });

  it('finds paths with blanks and signs', () => {
    const files = [fileAt({ path: '/notes (old)/on [x] <y>.md', content: 'A note.\n' })];
    expect(messages(withDraft({ files: [...files, ...buildIndex(files).map(fileAt)] }))).toEqual([]);
  });
});
