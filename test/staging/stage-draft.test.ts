import { describe, expect, it } from 'vitest';
import { changeKey } from '../../domain/staging/change-key.ts';
import { add, fact, merge, retire, stageStore, supersede } from './build-store.ts';

const deploy = '# Deploy\n\n- region is fra\n- roll back with `fly releases`\n\n## Staging\n\n- fly deploy --config staging\n';

describe('changed files', () => {
  it('keep the bytes of files and lines that nothing names, line breaks included', () => {
    const windows = '# Ports\r\n\r\n* api: 3000\r\n* db:  5432 \r\n\r\nlast';
    const { contents, draft } = stageStore({ '/ports.md': windows, '/deploy.md': deploy }, (claim) => [
      supersede([claim('api')], 'api: 4000'),
    ]);
    expect(contents['/ports.md']).toBe('# Ports\r\n\r\n* api: 4000\r\n* db:  5432 \r\n\r\nlast');
    expect(contents['/deploy.md']).toBe(deploy);
    expect(draft.files.find((file) => file.path === '/deploy.md')?.memoryId).toBe('mem_/deploy.md');
  });

  it('lose the heading that becomes empty and no other blank line', () => {
    const { contents } = stageStore({ '/deploy.md': deploy }, (claim) => [retire([claim('fly deploy')])]);
    expect(contents['/deploy.md']).toBe('# Deploy\n\n- region is fra\n- roll back with `fly releases`\n');
  });

  it('are deleted when nothing is left, and the index forgets them', () => {
    const { draft, contents } = stageStore({ '/a.md': '# A\n\n- one\n', '/b.md': '- two\n' }, (claim) => [retire([claim('one')])]);
    expect(draft.deleted).toEqual(['/a.md']);
    expect(contents['/_index.md']).not.toContain('/a.md');
  });

  it('do not let the child of a removed item join the item above it', () => {
    const { contents } = stageStore({ '/a.md': '- a\n- b\n  - b1\n- c\n' }, (claim) => [retire([claim('b')])]);
    expect(contents['/a.md']).toBe('- a\n- b1\n- c\n');
  });

  it('keep a table whole around a removed row', () => {
    const { contents } = stageStore({ '/a.md': '| k | v |\n|---|---|\n| a | 1 |\n| b | 2 |\n' }, (claim) => [retire([claim('a | 1')])]);
    expect(contents['/a.md']).toBe('| k | v |\n|---|---|\n| b | 2 |\n');
  });
});

describe('a merge', () => {
  it('keeps the first place with its marker, drops checkboxes, and takes the others away wherever they are', () => {
    const { contents, draft } = stageStore(
      { '/build.md': '# Build\n\n* [ ] use npm\n* Node 20\n', '/style.md': '# Style\n\n- npm it is\n- tabs\n' },
      (claim) => [merge([claim('use npm'), claim('npm it is')], 'Use npm.')],
    );
    expect(contents['/build.md']).toBe('# Build\n\n* use npm\n* Node 20\n');
    expect(contents['/style.md']).toBe('# Style\n\n- tabs\n');
    const [change] = draft.changes;
    expect(change).toMatchObject({ kind: 'merge', path: '/build.md', before: 'use npm\nnpm it is', after: 'use npm' });
    expect(change?.removed.map((entry) => entry.path)).toEqual(['/build.md', '/style.md']);
    expect(change?.evidence.map((entry) => entry.quote)).toEqual(['use npm', 'npm it is']);
  });

  it('that says what the line says already changes no byte and adds its evidence to the line', () => {
    const facts = new Map([['fact_1', fact('fact_1', 'please use npm')]]);
    const { contents, draft } = stageStore(
      { '/a.md': '- Use npm\n' },
      (claim) => [merge([claim('npm')], 'use npm.', { factIds: ['fact_1'] })],
      { facts },
    );
    expect(contents['/a.md']).toBe('- Use npm\n');
    expect(draft.changes).toEqual([]);
    expect(draft.claims[0]?.evidence.map((entry) => entry.quote)).toEqual(['please use npm', 'Use npm']);
  });

  it('leads to a protected line rather than touching it', () => {
    const store = { '/policies/s.md': '- Never log names\n', '/a.md': '- do not log names\n- b\n' };
    const { contents, draft } = stageStore(store, (claim) => [merge([claim('do not log'), claim('Never log')], 'Do not log any names')], {
      protect: ['/policies/'],
    });
    expect(contents['/policies/s.md']).toBe(store['/policies/s.md']);
    expect(contents['/a.md']).toBe('- b\n');
    expect(draft.changes[0]).toMatchObject({ path: '/policies/s.md', after: 'Never log names' });
  });
});

describe('a replacement', () => {
  it('backs its line with facts and shows the old value only in the change', () => {
    const facts = new Map([['fact_1', fact('fact_1', 'the port is 4000 now')]]);
    const { draft } = stageStore(
      { '/a.md': '- port is 3000\n' },
      (claim) => [supersede([claim('3000')], 'Port is 4000', { factIds: ['fact_1'] })],
      { facts },
    );
    expect(draft.claims[0]).toMatchObject({ text: 'Port is 4000', changeId: draft.changes[0]?.id });
    expect(draft.claims[0]?.evidence.map((entry) => entry.quote)).toEqual(['the port is 4000 now']);
    expect(draft.changes[0]?.evidence.map((entry) => entry.quote)).toEqual(['the port is 4000 now', 'port is 3000']);
  });

  it('of a protected line becomes an open conflict', () => {
    const { contents, draft } = stageStore(
      { '/p.md': '- port is 3000\n' },
      (claim) => [supersede([claim('3000')], 'Port is 4000.', { factIds: ['fact_1'] })],
      { protect: ['/p.md'] },
    );
    expect(contents['/p.md']).toBe('- port is 3000\n');
    expect(contents['/open-conflicts.md']).toBe('# Open conflicts\n\n- Port is 4000. The protected /p.md still says: port is 3000\n');
    expect(draft.changes.map((change) => change.kind)).toEqual(['open_conflict']);
  });

  it('never quotes or shows a secret', () => {
    const token = `ghp_${'a1B2c3D4e5'.repeat(4)}`.slice(0, 40);
    const { draft } = stageStore({ '/a.md': `- token for the release bot is ${token}\n` }, (claim) => [
      {
        kind: 'rewrite',
        reasonCode: 'secret',
        reason: 'Masked.',
        claimIds: [claim('token')],
        factIds: [],
        statement: 'token for the release bot is [secret removed]',
      },
    ]);
    expect(JSON.stringify(draft)).not.toContain(token);
    expect(draft.changes[0]?.evidence[0]?.quote).toBe('token for the release bot is');
  });
});

describe('a new statement', () => {
  it('goes below the heading of its topic, in the list that stands there', () => {
    const store = { '/dev.md': '# Dev setup\n\n1. npm ci\n\n## Tests\n\n* unit: npm test\n\n## Databases\n\n* port 5432\n' };
    const { contents } = stageStore(store, () => [add('End-to-end: npm run e2e')]);
    expect(contents['/dev.md']).toContain('## Tests\n\n* unit: npm test\n* End-to-end: npm run e2e\n\n## Databases');
  });

  it('goes beside the claims on the same subject, whatever its topic', () => {
    const store = {
      '/kontor.md': '# Kontor\n\n- Kontor sandbox resets every night at 02:00\n',
      '/testing.md': '# Testing\n\n- unit: npm test\n- vitest only\n',
    };
    const { contents } = stageStore(store, () => [add('Kontor sandbox resets wipe webhooks too')]);
    expect(contents['/kontor.md']).toContain('- Kontor sandbox resets wipe webhooks too\n');
  });

  it('makes a topic file where there is no place, the weightiest first', () => {
    const { contents } = stageStore({ '/people.md': '# People\n\n- Mara: backend\n' }, () => [
      add('b', { topic: 'Build and test' }),
      add('a heavy one', { topic: 'Build and test', weight: 9 }),
    ]);
    expect(contents['/build-and-test.md']).toBe('# Build and test\n\n- a heavy one\n- b\n');
  });

  it('goes on in a numbered part when a topic file would grow too long', () => {
    const many = Array.from({ length: 400 }, (_, n) => add(`statement number ${n} about something ${'x'.repeat(60)}`, { topic: 'Build' }));
    const { contents } = stageStore({}, () => many);
    expect(Object.keys(contents).filter((path) => path.startsWith('/build'))).toEqual(['/build-2.md', '/build-3.md', '/build.md']);
    for (const content of Object.values(contents)) expect(content.length).toBeLessThan(16_500);
  });

  it('does not swell the topic file of an earlier night either', () => {
    const full = `# Build\n\n${Array.from({ length: 200 }, (_, n) => `- old statement ${n} ${'y'.repeat(60)}\n`).join('')}`;
    const { contents } = stageStore({ '/build.md': full }, () => [add('quite another thing', { topic: 'Build' })]);
    expect(contents['/build.md']).toBe(full);
    expect(contents['/build-2.md']).toBe('# Build (part 2)\n\n- quite another thing\n');
  });

  it('takes no function word for a topic', () => {
    const { contents } = stageStore({}, () => [add('On Monday it rains', { topic: 'On' })]);
    expect(Object.keys(contents)).toEqual(['/_index.md', '/facts.md']);
  });

  it('that stands already adds nothing', () => {
    const { draft } = stageStore({ '/a.md': '- Use npm\n' }, () => [add('use npm')]);
    expect(draft.changes).toEqual([]);
  });

  it('is one plain line, whatever its form', () => {
    const { contents } = stageStore({}, () => [add('- [x] ## Use\n  npm', { topic: 'Build' })]);
    expect(contents['/build.md']).toBe('# Build\n\n- Use npm\n');
  });
});

describe('a junk drawer', () => {
  const drawer =
    '# memory\n\nrunning notes, sort this some day\n\n- deploy with fly\n- [ ] tests run in vitest\n- money is integer cents\n- deploy only on Tuesday\n  - never on Friday\n- tests need fake timers\n- tests must not sleep\n';
  const topicOf = (claim: { text: string }): string | null =>
    claim.text.includes('deploy') ? 'Deployment' : claim.text.includes('tests') ? 'Testing' : null;

  it('is dealt out by topic; what has none stays', () => {
    const { contents, draft } = stageStore({ '/MEMORY.md': drawer }, () => [], { topicOf });
    expect(contents['/deployment.md']).toBe('# Deployment\n\n- deploy with fly\n- deploy only on Tuesday\n  - never on Friday\n');
    expect(contents['/testing.md']).toBe('# Testing\n\n- tests run in vitest\n- tests need fake timers\n- tests must not sleep\n');
    expect(contents['/MEMORY.md']).toBe('# memory\n\nrunning notes, sort this some day\n\n- money is integer cents\n');
    expect(draft.changes.map((change) => [change.kind, change.reasonCode])).toEqual(Array.from({ length: 6 }, () => ['move', 'layout']));
    expect(draft.changes[0]?.evidence[0]).toMatchObject({ kind: 'memory', path: '/MEMORY.md' });
  });

  it('goes with the line that introduced it when nothing else is left', () => {
    const { draft } = stageStore({ '/MEMORY.md': drawer.replace('- money is integer cents\n', '') }, () => [], { topicOf });
    expect(draft.deleted).toEqual(['/MEMORY.md']);
    expect(draft.changes.find((change) => change.kind === 'retire')).toMatchObject({
      before: 'running notes, sort this some day',
      reasonCode: 'layout',
    });
  });

  it('keeps a line whose move was refused', () => {
    const first = stageStore({ '/MEMORY.md': drawer }, () => [], { topicOf }).draft.changes.find(
      (change) => change.before === 'deploy with fly',
    );
    const { contents } = stageStore({ '/MEMORY.md': drawer }, () => [], { topicOf, refused: new Set([first?.id ?? '']) });
    expect(contents['/MEMORY.md']).toContain('- deploy with fly\n');
  });

  it.each([
    ['a file with a topic in its name', '/architecture.md', drawer],
    [
      'headings that hold its lines',
      '/MEMORY.md',
      '# memory\n\n## Deploy\n- deploy with fly\n- deploy on Tuesday\n## Tests\n- tests run in vitest\n- tests need timers\n',
    ],
    ['front matter', '/MEMORY.md', `---\nname: x\n---\n${drawer}`],
  ])('is not seen in %s', (_, path, content) => {
    const { contents, draft } = stageStore({ [path]: content }, () => [], { topicOf });
    expect(contents[path]).toBe(content);
    expect(draft.changes).toEqual([]);
  });
});

describe('the cap on retirement', () => {
  const store = { '/a.md': Array.from({ length: 10 }, (_, n) => `- note ${n}\n`).join('') };

  it('keeps the weakest reasons and says which', () => {
    const { draft, report } = stageStore(
      store,
      (claim) => [
        retire([claim('note 0')], { reasonCode: 'noise' }),
        retire([claim('note 1')], { reasonCode: 'revoked' }),
        retire([claim('note 2')], { reasonCode: 'stale' }),
        retire([claim('note 3')], { reasonCode: 'momentary' }),
      ],
      { retireCap: 0.2 },
    );
    expect(draft.changes.map((change) => change.before).toSorted()).toEqual(['note 1', 'note 2', 'note 3']);
    expect(report.keptByCap).toHaveLength(1);
    expect(report).toMatchObject({
      counts: { retire: 3 },
      claims: { before: 10, after: 7 },
      files: { created: 1, changed: 1, unchanged: 0, deleted: 0 },
    });
  });
});

describe('the draft', () => {
  it('has a digest that follows files and changes, and ids that hold over rounds', () => {
    const propose = (claim: (text: string) => string) => [supersede([claim('3000')], 'port is 4000')];
    const one = stageStore({ '/a.md': '- port is 3000\n' }, propose).draft;
    const two = stageStore({ '/a.md': '- port is 3000\n' }, propose, { round: 2 }).draft;
    expect(two.digest).toBe(one.digest);
    expect(two.id).not.toBe(one.id);
    expect(two.changes[0]?.id).toBe(one.changes[0]?.id);
    const other = stageStore({ '/a.md': '- port is 3000\n' }, (claim) => [supersede([claim('3000')], 'port is 5000')]).draft;
    expect(other.digest).not.toBe(one.digest);
  });

  it('leaves out what was refused, by id or by key', () => {
    const propose = (claim: (text: string) => string) => [retire([claim('one')]), retire([claim('two')])];
    const { draft } = stageStore({ '/a.md': '- one\n- two\n- three\n' }, propose);
    const refused = draft.changes.find((change) => change.before === 'one')?.id ?? '';
    expect(stageStore({ '/a.md': '- one\n- two\n- three\n' }, propose, { refused: new Set([refused]) }).contents['/a.md']).toBe(
      '- one\n- three\n',
    );
    const key = (claim: (text: string) => string) => changeKey(retire([claim('two')]));
    let second = '';
    stageStore({ '/a.md': '- one\n- two\n- three\n' }, (claim) => {
      second = key(claim);
      return [];
    });
    expect(stageStore({ '/a.md': '- one\n- two\n- three\n' }, propose, { refused: new Set([second]) }).contents['/a.md']).toBe(
      '- two\n- three\n',
    );
  });

  it('counts facts that enter no memory by reason', () => {
    const { report, draft } = stageStore({ '/a.md': '- a\n' }, () => [
      { kind: 'drop', reasonCode: 'episode', reason: 'Once.', claimIds: [], factIds: ['fact_1', 'fact_2'] },
    ]);
    expect(report.dropped).toEqual({ episode: 2 });
    expect(draft.changes).toEqual([]);
  });
});
