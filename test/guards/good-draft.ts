// A small store and a draft of it that every guard passes; tests spoil one thing of it at a time.
import type { Change } from '../../domain/change.ts';
import type { Claim } from '../../domain/claim.ts';
import type { Draft, DraftClaim, DraftFile } from '../../domain/draft.ts';
import type { EventEvidence, Evidence, MemoryEvidence } from '../../domain/evidence.ts';
import type { Guard, GuardInput, InputMemory } from '../../domain/guards/guard.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { buildIndex } from '../../domain/index-file.ts';

export interface Line {
  id: string;
  text: string;
  changeId?: string | null;
}

const said = 'We moved the API to port 8443 for good. Please keep release notes in CHANGES.md. The linter is oxlint.';

/** The file with a title and one item a line. */
export function fileOf(path: string, title: string, lines: readonly Line[]): { file: DraftFile; claims: DraftClaim[] } {
  let content = `# ${title}\n\n`;
  const claims: DraftClaim[] = [];
  for (const { id, text, changeId = null } of lines) {
    const start = content.length;
    content += `- ${text}`;
    claims.push({ id, path, text, start, end: content.length, changeId, evidence: [] });
    content += '\n';
  }
  return { file: { path, content, sha256: sha256Hex(content), memoryId: null }, claims };
}

export function eventEvidence(quote: string, text: string = said): EventEvidence {
  const start = text.indexOf(quote);
  return {
    kind: 'event',
    sessionId: 'sesn_1',
    eventId: 'sevt_1',
    block: 0,
    start,
    end: start + quote.length,
    quote,
    origin: 'user',
    at: '2026-03-04T10:00:00Z',
  };
}

export function memoryEvidence(memory: InputMemory, quote: string): MemoryEvidence {
  const start = memory.content.indexOf(quote);
  return {
    kind: 'memory',
    memoryVersionId: `memver_${memory.memoryId}`,
    path: memory.path,
    start,
    end: start + quote.length,
    quote,
    origin: 'memory',
    at: null,
  };
}

export function changeOf(change: Partial<Change> & Pick<Change, 'id' | 'kind' | 'path'>): Change {
  return {
    removed: [],
    before: null,
    after: null,
    claimId: null,
    reasonCode: 'new_fact',
    reason: 'The user said so on 2026-03-04.',
    evidence: [eventEvidence('The linter is oxlint.')],
    ...change,
  };
}

/** Sets an input's draft files from lines and adds the index that belongs to them. */
export function draftOf(
  sheets: readonly { path: string; title: string; lines: readonly Line[] }[],
  changes: Change[],
  deleted: string[] = [],
): Draft {
  const made = sheets.map((sheet) => fileOf(sheet.path, sheet.title, sheet.lines));
  const files = made.map((each) => each.file);
  const index = buildIndex(files).map(({ path, content }) => ({ path, content, sha256: sha256Hex(content), memoryId: null }));
  return { id: 'drft_1', digest: 'd', files: [...files, ...index], deleted, claims: made.flatMap((each) => each.claims), changes };
}

const build: Line[] = [
  { id: 'c1', text: 'The API listens on port 8080.' },
  { id: 'c2', text: 'Tests run with `npm test`.' },
  { id: 'c3', text: 'Run the tests with `npm test`.' },
  { id: 'c4', text: 'Look at the failing job first.' },
];
const people: Line[] = [
  { id: 'c5', text: 'Ada owns the deploy scripts.' },
  { id: 'c6', text: 'Grace reviews database changes.' },
];
const rules: Line[] = [
  { id: 'c7', text: 'Never deploy on Fridays.' },
  { id: 'c8', text: 'Two people approve each release.' },
];

export const draftLines = {
  build: [
    { id: 'd1', text: 'The API listens on port 8443.', changeId: 'chg_supersede' },
    { id: 'd2', text: 'Tests run with `npm test`.', changeId: 'chg_merge' },
    { id: 'd3', text: 'The linter is oxlint.', changeId: 'chg_add' },
  ] as Line[],
  people,
  rules,
};

export function inputMemories(): { memories: InputMemory[]; claims: Claim[] } {
  const memories: InputMemory[] = [];
  const claims: Claim[] = [];
  for (const [path, title, lines] of [
    ['/build.md', 'Build', build],
    ['/people.md', 'People', people],
    ['/policies/rules.md', 'Rules', rules],
  ] as const) {
    const made = fileOf(path, title, lines);
    memories.push({ memoryId: `mem_${title}`, path, content: made.file.content, sha256: made.file.sha256 });
    for (const { id, text, start, end } of made.claims) {
      claims.push({
        id,
        memoryId: `mem_${title}`,
        memoryVersionId: `memver_mem_${title}`,
        path,
        headings: [title],
        kind: 'item',
        text,
        start,
        end,
        at: null,
        origin: 'memory',
        evidence: [],
        protected: false,
      });
    }
  }
  return { memories, claims };
}

export function goodChanges(): Change[] {
  const memory = inputMemories().memories[0] as InputMemory;
  const removed = (line: Line | undefined): Change['removed'][number] => ({
    claimId: line?.id ?? '',
    path: '/build.md',
    text: line?.text ?? '',
  });
  return [
    changeOf({
      id: 'chg_supersede',
      kind: 'supersede',
      path: '/build.md',
      removed: [removed(build[0])],
      before: 'The API listens on port 8080.',
      after: 'The API listens on port 8443.',
      claimId: 'd1',
      reasonCode: 'newer_value',
      evidence: [eventEvidence('We moved the API to port 8443 for good.')],
    }),
    changeOf({
      id: 'chg_merge',
      kind: 'merge',
      path: '/build.md',
      removed: [removed(build[1]), removed(build[2])],
      before: 'Tests run with `npm test`.',
      after: 'Tests run with `npm test`.',
      claimId: 'd2',
      reasonCode: 'duplicate',
      evidence: [memoryEvidence(memory, 'Run the tests with `npm test`.')],
    }),
    changeOf({
      id: 'chg_retire',
      kind: 'retire',
      path: '/build.md',
      removed: [removed(build[3])],
      before: 'Look at the failing job first.',
      reasonCode: 'stale',
      evidence: [memoryEvidence(memory, 'Look at the failing job first.')],
    }),
    changeOf({ id: 'chg_add', kind: 'add', path: '/build.md', after: 'The linter is oxlint.', claimId: 'd3' }),
  ];
}

export function goodInput(): GuardInput {
  const input = inputMemories();
  const draft = draftOf(
    [
      { path: '/build.md', title: 'Build', lines: draftLines.build },
      { path: '/people.md', title: 'People', lines: draftLines.people },
      { path: '/policies/rules.md', title: 'Rules', lines: draftLines.rules },
    ],
    goodChanges(),
  );
  return {
    input,
    draft,
    protect: ['/policies/'],
    retireCap: 0.2,
    reviewRequired: false,
    refusedRewrites: new Set(),
    resolve: (evidence: Evidence) =>
      evidence.kind === 'event'
        ? evidence.eventId === 'sevt_1'
          ? said
          : null
        : (input.memories.find((memory) => memory.path === evidence.path)?.content ?? null),
    searchSources: (needle) => said.includes(needle) || input.memories.some((memory) => memory.content.includes(needle)),
  };
}

/** The good input with another line and its change added to `/build.md`. */
export function withAdded(text: string, change: Partial<Change> = {}): GuardInput {
  const input = goodInput();
  const lines = [...draftLines.build, { id: 'd9', text, changeId: 'chg_bad' }];
  const changes = [...goodChanges(), changeOf({ id: 'chg_bad', kind: 'add', path: '/build.md', after: text, claimId: 'd9', ...change })];
  const sheets = [
    { path: '/build.md', title: 'Build', lines },
    { path: '/people.md', title: 'People', lines: draftLines.people },
    { path: '/policies/rules.md', title: 'Rules', lines: draftLines.rules },
  ];
  return { ...input, draft: draftOf(sheets, changes) };
}

/** The good input with one change altered. */
export function withChange(id: string, change: Partial<Change>): GuardInput {
  const input = goodInput();
  return {
    ...input,
    draft: { ...input.draft, changes: input.draft.changes.map((each) => (each.id === id ? { ...each, ...change } : each)) },
  };
}

/** The good input with the content of one file replaced, its hash with it. */
export function withContent(path: string, edit: (content: string) => string): GuardInput {
  const input = goodInput();
  const files = input.draft.files.map((file) => {
    if (file.path !== path) return file;
    const content = edit(file.content);
    return { ...file, content, sha256: sha256Hex(content) };
  });
  return { ...input, draft: { ...input.draft, files } };
}

export function withDraft(draft: Partial<Draft>): GuardInput {
  const input = goodInput();
  return { ...input, draft: { ...input.draft, ...draft } };
}

/** The changes that a guard blames, each once; null stands for what no change cures. */
export function blamed(guard: Guard, input: GuardInput): (string | null)[] {
  return [...new Set(guard.check(input).findings.map((finding) => finding.changeId))];
}
