import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../domain/proposal.ts';
import { add, merge, retire, stageStore, supersede } from './build-store.ts';

const policy =
  '# Logging policy\n\nAgreed with the board on 2026-03-02. Applies to everyone.\n\n1. Logs carry customer ids and no customer names.\n2. Logs are kept for thirty days.\n';
const steps =
  '# Setup\n\n1. `nvm use` (Node 20 LTS)\n2. `npm ci`\n3. `npm run dev`, the server listens on port 3000\n\n## Databases\n\n- dev database: port 5432\n- cache: port 6380\n\n## Odds and ends\n\n- hooks run before each commit\n';

const pattern = (statement: string, topic: string): Proposal =>
  ({ ...add(statement, { topic }), kind: 'pattern', reasonCode: 'recurrence', seenIn: 3, outOf: 5, evidence: [] }) as Proposal;

describe('a closed text', () => {
  it.each([
    ['with a stated scope', '/notes/logging.md', policy],
    ['below a folder of policies', '/policies/logging.md', '# Logging\n\n- Logs carry customer ids and no customer names.\n'],
    [
      'whose front matter says so',
      '/logging.md',
      '---\nread-only: true\n---\n# Logging\n\n- Logs carry customer ids and no customer names.\n',
    ],
    [
      'that a program writes',
      '/logging.md',
      '<!-- generated, do not edit -->\n# Logging\n\n- Logs carry customer ids and no customer names.\n',
    ],
    [
      'whose lines are an ordered list',
      '/logging.md',
      '# Logging\n\n1. Logs carry customer ids and no customer names.\n2. Logs are kept for thirty days.\n',
    ],
  ])('%s gets no new line, no moved line and no pattern', (_, path, content) => {
    const store = {
      [path]: content,
      '/MEMORY.md':
        '# memory\n\n- logs carry no customer names and no customer ids of tests\n- deploy with fly\n- deploy on Tuesday\n- logs go to disk\n',
    };
    const topicOf = (claim: { text: string }): string => (/logs/i.test(claim.text) ? 'Logging' : 'Deployment');
    const { contents, draft } = stageStore(
      store,
      () => [
        add('Logs carry customer ids and never customer names or streets', { topic: 'Logging' }),
        pattern('Logs are checked for customer names first', 'Logging'),
      ],
      { topicOf },
    );
    expect(contents[path]).toBe(content);
    expect(draft.changes.filter((change) => change.kind === 'add')).toHaveLength(1);
    expect(Object.entries(contents).filter(([other, text]) => other !== path && text.includes('- Logs are checked'))).toHaveLength(1);
  });

  it('keeps its words when others say the same, and they lead to it', () => {
    const { contents, draft } = stageStore(
      { '/notes/logging.md': policy, '/style.md': '# Style\n\n- no customer names in logs, ids only\n- tabs\n' },
      (claim) => [merge([claim('no customer names in logs'), claim('Logs carry')], 'No customer names in logs, ids only.')],
    );
    expect(contents['/notes/logging.md']).toBe(policy);
    expect(contents['/style.md']).toBe('# Style\n\n- tabs\n');
    expect(draft.changes[0]).toMatchObject({
      kind: 'merge',
      path: '/notes/logging.md',
      after: 'Logs carry customer ids and no customer names.',
    });
  });

  it('is not seen in a list of notes that only has such a name', () => {
    const { contents } = stageStore({ '/license.md': '# License\n\n- our license is MIT\n- headers in each file\n' }, () => [
      add('The license headers in each file name the year', { topic: 'License' }),
    ]);
    expect(contents['/license.md']).toContain('- The license headers in each file name the year\n');
  });
});

describe('numbered steps', () => {
  it('get no line at their end: it goes to the list that fits, else below the odds and ends', () => {
    const { contents } = stageStore({ '/setup.md': steps }, () => [
      add('test database: port 5433', { topic: 'Setup' }),
      add('The image is small', { topic: 'Setup' }),
    ]);
    expect(contents['/setup.md']).toBe(
      steps
        .replace('- cache: port 6380\n', '- cache: port 6380\n- test database: port 5433\n')
        .replace('each commit\n', 'each commit\n- The image is small\n'),
    );
  });

  it('get a heading for notes behind them where the file has no list', () => {
    const { contents } = stageStore({ '/setup.md': '# Setup\n\n1. `npm ci`\n2. `npm start`\n\n## Local\n\n- port 3000\n' }, () => [
      add('The image is small', { topic: 'Setup' }),
    ]);
    expect(contents['/setup.md']).toBe(
      '# Setup\n\n1. `npm ci`\n2. `npm start`\n\n## Local\n\n- port 3000\n\n## Notes\n\n- The image is small\n',
    );
  });

  it('are neither replaced by a merge nor taken out by it', () => {
    const { contents } = stageStore(
      { '/setup.md': steps, '/build.md': '# Build\n\n- package manager is npm, run `npm ci` after pulling\n- lint on save\n' },
      (claim) => [merge([claim('`npm ci`'), claim('package manager')], 'Package manager is npm, run `npm ci` after pulling')],
    );
    expect(contents['/setup.md']).toBe(steps);
    expect(contents['/build.md']).toContain('- package manager is npm, run `npm ci` after pulling\n');
  });

  it('keep their words around a new value', () => {
    const { contents, draft } = stageStore({ '/setup.md': steps, '/build.md': '# Build\n\n- Node 20\n- lint on save\n' }, (claim) => [
      supersede([claim('nvm use'), claim('Node 20')].toReversed(), 'Node is 22', { oldValue: '20', newValue: '22' }),
    ]);
    expect(contents['/setup.md']).toContain('1. `nvm use` (Node 22 LTS)\n2. `npm ci`\n');
    expect(draft.changes.map((change) => change.after)).toContain('`nvm use` (Node 22 LTS)');
  });

  it('count on without a gap when one goes', () => {
    const { contents } = stageStore({ '/setup.md': steps }, (claim) => [retire([claim('`npm ci`')])]);
    expect(contents['/setup.md']).toContain('1. `nvm use` (Node 20 LTS)\n2. `npm run dev`, the server listens on port 3000\n');
  });
});

describe('a statement without a place of its own', () => {
  const store = {
    '/notes/warehouse.md':
      '# Warehouse\n\n- Kontor signs its webhooks\n- Kontor sandbox resets at night\n- pallets are counted on Sunday\n',
    '/notes/people.md': '# People\n\n- Ana leads the backend\n- Bo pays the bills\n',
  };

  it('goes where the words stand that only one file speaks of', () => {
    const { contents } = stageStore(store, () => [add('Kontor is down on holidays', { topic: 'Notes' })]);
    expect(contents['/notes/warehouse.md']).toContain('- Kontor is down on holidays\n');
    expect(Object.keys(contents)).not.toContain('/facts.md');
  });

  it('goes there also when it is the only one of a topic', () => {
    const { contents } = stageStore(store, () => [add('Kontor is down on holidays', { topic: 'Travel' })]);
    expect(Object.keys(contents).filter((path) => path.includes('travel'))).toEqual([]);
  });

  it('stands among the rest only when nothing is shared, below a heading of its topic', () => {
    const { contents } = stageStore(store, () => [
      add('Umbrellas are green', { topic: 'Colours' }),
      add('Teapots are blue', { topic: 'Colours' }),
      add('Rain falls', { topic: 'Weather' }),
    ]);
    expect(contents['/facts.md']).toBe(
      '# Facts\n\n## Weather\n\n- Rain falls\n\n## Colours\n\n- Teapots are blue\n- Umbrellas are green\n',
    );
  });

  it('makes no file for few lines beside many files', () => {
    const many = Object.fromEntries(
      'abcdefghijkl'.split('').map((name) => [`/${name}${name}${name}.md`, `# ${name}${name}${name}\n\n- the ${name}${name}${name} one\n`]),
    );
    const lines = ['Umbrellas', 'Teapots', 'Kettles', 'Spoons'].map((what) => add(`${what} shine`, { topic: 'Kitchen' }));
    expect(Object.keys(stageStore(many, () => [...lines, add('Rain falls', { topic: 'Weather' })]).contents)).not.toContain('/kitchen.md');
    expect(Object.keys(stageStore(store, () => [...lines, add('Rain falls', { topic: 'Weather' })]).contents)).toContain(
      '/notes/kitchen.md',
    );
  });
});

describe('a line out of a drawer', () => {
  it('goes beside the lines with its rare words rather than where its topic is at home', () => {
    const store = {
      '/notes/orders.md': '# Orders\n\n- refunds above 1,000 EUR must be approved by finance\n- orders start as drafts\n',
      '/notes/review.md': '# Review\n\n- every change needs an approval\n- Ana reviews first\n',
      '/MEMORY.md':
        '# memory\n\nrunning notes, sort this some day\n\n- refunds over 500 EUR need the ok of finance\n- ask Ana before a review\n',
    };
    const topicOf = (claim: { text: string }): string =>
      /refund|review|change|Ana/.test(claim.text) ? (claim.text.includes('Ana before') ? 'People' : 'Review') : 'Orders';
    const { contents, draft } = stageStore(store, () => [], { topicOf });
    expect(contents['/notes/orders.md']).toContain('- refunds over 500 EUR need the ok of finance\n');
    expect(draft.deleted).toEqual(['/MEMORY.md']);
  });

  it('stays where it is when no place is better', () => {
    const drawer = '# memory\n\n- umbrellas are green\n- rain falls\n';
    const topicOf = (claim: { text: string }): string | null =>
      claim.text.startsWith('umb') ? 'Colours' : claim.text.startsWith('rain') ? 'Weather' : null;
    expect(
      stageStore({ '/MEMORY.md': drawer, '/people.md': '# People\n\n- Ana leads\n- Bo pays\n' }, () => [], { topicOf }).draft.changes,
    ).toEqual([]);
  });
});

describe('new lines in a list', () => {
  it('stand behind its bullets, not behind the paragraph that follows them', () => {
    const { contents } = stageStore({ '/people.md': '# People\n\n- Ana: backend\n- Bo: finance\n\nReviewers: Ana for all.\n' }, () => [
      add('Cy: storefront', { topic: 'People' }),
    ]);
    expect(contents['/people.md']).toBe('# People\n\n- Ana: backend\n- Bo: finance\n- Cy: storefront\n\nReviewers: Ana for all.\n');
  });
});
