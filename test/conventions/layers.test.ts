import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Which folder may import which; the table of design §10. A new arrow is a visible decision, made here. */
const mayImport: Record<string, string[]> = {
  domain: [],
  engines: ['domain'],
  db: ['domain'],
  sources: ['domain'],
  activities: ['domain', 'engines', 'db', 'sources', 'workflows'],
  workflows: ['domain', 'activities'],
  workers: ['domain', 'engines', 'db', 'sources', 'activities', 'workflows', 'config'],
  client: ['domain', 'db', 'sources', 'workflows', 'config'],
  config: ['domain'],
  // Of workers only the worker itself, for one with another engine.
  evals: ['client', 'engines', 'domain', 'config', 'workers'],
};

/** npm packages and Node's own modules that a folder may use, where that is restricted. */
const packages: Record<string, RegExp> = {
  domain: /^node:crypto$/,
  workflows: /^@temporalio\/(workflow|common)$/,
  sources: /^node:(zlib|buffer)$/,
};

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

function importsOf(folder: string): Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(folder, name);
      const code = readFileSync(join(root, file), 'utf8');
      return [...code.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm)].map(
        (match) => ({ file, target: match[2] ?? match[3] ?? '', typeOnly: match[1] !== undefined }),
      );
    });
}

function folderOf(file: string, target: string): string {
  return relative(root, resolve(root, dirname(file), target)).split('/')[0] ?? '';
}

for (const [folder, allowed] of Object.entries(mayImport)) {
  it(`${folder}/ imports ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')} and itself`, () => {
    const wrong = importsOf(folder).filter(
      ({ file, target }) => target.startsWith('.') && ![folder, ...allowed].includes(folderOf(file, target)),
    );
    expect(wrong).toEqual([]);
  });
}

it('takes no values from activities into workflows, and from workflows only messages, starts and ends elsewhere', () => {
  const values = importsOf('workflows').filter(
    ({ file, target, typeOnly }) => target.startsWith('.') && folderOf(file, target) === 'activities' && !typeOnly,
  );
  const intoActivities = importsOf('activities').filter(
    ({ file, target, typeOnly }) => target.startsWith('.') && folderOf(file, target) === 'workflows' && !typeOnly,
  );
  const intoClient = importsOf('client').filter(
    ({ file, target }) =>
      target.startsWith('.') && folderOf(file, target) === 'workflows' && !/(messages|start-dream|search-attributes)\.ts$/.test(target),
  );
  expect([values, intoActivities, intoClient]).toEqual([[], [], []]);
});

for (const [folder, pattern] of Object.entries(packages)) {
  it(`${folder}/ uses no package but ${String(pattern)}`, () => {
    expect(importsOf(folder).filter(({ target }) => !target.startsWith('.') && !pattern.test(target))).toEqual([]);
  });
}

it('imports node:crypto in one file of the domain only', () => {
  const users = importsOf('domain')
    .filter(({ target }) => target === 'node:crypto')
    .map(({ file }) => file);
  expect(users).toEqual(['domain/hash.ts']);
});

it('reads the environment in config/ only', () => {
  const readers = Object.keys(mayImport)
    .filter((folder) => folder !== 'config')
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(
          (name) =>
            name.endsWith('.ts') &&
            readFileSync(join(root, folder, name), 'utf8')
              .replace(/\/\/.*|\/\*[^]*?\*\/|(['"`]).*?\1|\/.*?process\\\.env.*?\//g, '')
              .includes('process.env'),
        )
        .map((name) => join(folder, name)),
    );
  expect(readers).toEqual([]);
});
