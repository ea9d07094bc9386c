import { describe, expect, it } from 'vitest';
import { noSecret } from '../../domain/guards/no-secret.ts';
import type { GuardInput, InputMemory } from '../../domain/guards/guard.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { blamed, fileOf, goodInput, withAdded, withChange } from './good-draft.ts';

const token = ['gh', 'p_', 'q7Rk2VxT9mZp4LwY8sNb3HdJ6fGc1aXe5uKo'].join('');

/** The good input whose `/people.md` held a secret all along. */
function withOldSecret(line = `The deploy token is ${token}.`): GuardInput {
  const input = goodInput();
  const { file, claims } = fileOf('/people.md', 'People', [
    { id: 'c5', text: line },
    { id: 'c6', text: 'Grace reviews database changes.' },
  ]);
  const old: InputMemory = { memoryId: 'mem_People', path: '/people.md', content: file.content, sha256: sha256Hex(file.content) };
  return {
    ...input,
    input: {
      memories: input.input.memories.map((memory) => (memory.path === old.path ? old : memory)),
      claims: input.input.claims.map((claim) => (claim.id === 'c5' ? { ...claim, text: line } : claim)),
    },
    draft: {
      ...input.draft,
      files: input.draft.files.map((each) => (each.path === old.path ? file : each)),
      claims: [...input.draft.claims.filter((claim) => claim.path !== old.path), ...claims],
    },
  };
}

describe('no-secret', () => {
  it('passes a draft without secrets', () => {
    expect(noSecret.check(goodInput()).findings).toEqual([]);
  });

  it('blames the change that would bring a secret in, without repeating it', () => {
    const { findings } = noSecret.check(withAdded(`The deploy token is ${token}.`));
    expect(findings).toEqual([
      { changeId: 'chg_bad', path: '/build.md', message: 'A change would write what looks like a secret (GitHub token) into /build.md.' },
    ]);
  });

  it('blames a change that carries a secret in its reason or a quote', () => {
    expect(blamed(noSecret, withChange('chg_add', { reason: `Seen with ${token}.` }))).toEqual(['chg_add']);
    const evidence = goodInput().draft.changes[0]!.evidence.map((each) => ({ ...each, quote: `use ${token}` }));
    expect(blamed(noSecret, withChange('chg_supersede', { evidence }))).toEqual(['chg_supersede']);
  });

  it('refuses a secret of the input that nobody masked', () => {
    expect(blamed(noSecret, withOldSecret())).toEqual([null]);
  });

  it('lets it stay where a reviewer refused the masking, and says so', () => {
    const check = noSecret.check({ ...withOldSecret(), refusedRewrites: new Set(['c5']) });
    expect(check.findings).toEqual([]);
    expect(check.note).toBe(
      '1 secret of the input stays where a change that masks or removes it was left out, or where nothing may be changed.',
    );
  });

  it('lets it stay where only its number in a list closed up', () => {
    const input = { ...withOldSecret(), refusedRewrites: new Set(['c5']) };
    const memories = input.input.memories.map((memory) =>
      memory.path === '/people.md' ? { ...memory, content: memory.content.replace('- The deploy token', '  2. The deploy token') } : memory,
    );
    expect(memories).not.toEqual(input.input.memories);
    const files = input.draft.files.map((file) =>
      file.path === '/people.md' ? { ...file, content: file.content.replace('- The deploy token', '1. The deploy token') } : file,
    );
    const claims = input.draft.claims.map((claim) => (claim.id === 'c5' ? { ...claim, end: claim.end + 1 } : claim));
    expect(blamed(noSecret, { ...input, input: { ...input.input, memories }, draft: { ...input.draft, files, claims } })).toEqual([]);
  });

  it('lets it stay in a protected file', () => {
    expect(blamed(noSecret, { ...withOldSecret(), protect: ['/people.md'] })).toEqual([]);
  });

  it('does not let it stay in another line than the input’s', () => {
    const input = { ...withOldSecret(), refusedRewrites: new Set(['c5']) };
    const memories = input.input.memories.map((memory) =>
      memory.path === '/people.md' ? { ...memory, content: memory.content.replace('The deploy token', 'Our deploy token') } : memory,
    );
    expect(blamed(noSecret, { ...input, input: { ...input.input, memories } })).toEqual([null]);
  });
});
