import { describe, expect, it } from 'vitest';
import { untouchedIdentical } from '../../domain/guards/untouched-identical.ts';
import { blamed, goodInput, withContent, withDraft } from './good-draft.ts';

describe('untouched-identical', () => {
  it('passes where files that no change names kept every byte', () => {
    expect(untouchedIdentical.check(goodInput())).toEqual({ checked: 3, findings: [] });
  });

  it('finds one blank more in a file that no change names', () => {
    expect(untouchedIdentical.check(withContent('/people.md', (content) => `${content} `)).findings).toEqual([
      { changeId: null, path: '/people.md', message: '/people.md differs from the input, though no change names it.' },
    ]);
  });

  it('lets code rewrite an index', () => {
    expect(
      blamed(
        untouchedIdentical,
        withContent('/_index.md', (content) => `${content}\n`),
      ),
    ).toEqual([]);
  });

  it('finds a file that is gone, and one that came from nowhere', () => {
    const { files } = goodInput().draft;
    expect(
      blamed(untouchedIdentical, withDraft({ files: files.filter((file) => file.path !== '/people.md'), deleted: ['/people.md'] })),
    ).toEqual([null]);
    const [first] = files;
    expect(blamed(untouchedIdentical, withDraft({ files: [...files, { ...first!, path: '/new.md' }] }))).toEqual([null]);
  });

  it('finds a recorded hash that is not the content’s', () => {
    const files = goodInput().draft.files.map((file) =>
      file.path === '/build.md' ? { ...file, content: `${file.content}- Sneaked in.\n` } : file,
    );
    expect(untouchedIdentical.check(withDraft({ files })).findings.map((finding) => finding.message)).toEqual([
      'The recorded hash of /build.md is not that of its content.',
    ]);
  });

  it('finds a list of deleted files that does not fit', () => {
    expect(blamed(untouchedIdentical, withDraft({ deleted: ['/people.md'] }))).toEqual([null]);
  });
});
