import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { withWorkspace } from '../../db/database.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { readBlocks } from '../../domain/markdown/read-blocks.ts';
import { seedSession, seedStore, user, workspaceId } from '../support/seeds.ts';
import type { RecordedLine } from './erase-record.ts';
import { quoted, recordDream, remembered } from './erase-record.ts';
import { mulberry32 } from '../../evals/random.ts';
import { readStore, searchDatabase } from './erase-support.ts';
import { facade } from './support.ts';

/** Every recorded line is a line of its text, and every quote of a memory is words of that memory. */
async function assertConsistent(database: Database): Promise<void> {
  await withWorkspace(database, workspaceId, async (tx) => {
    const text = sql`convert_from(c.bytes, 'UTF8') as content`;
    const lines = await tx.execute(sql`select l.start, l."end" as last, ${text} from claims l
      join draft_files f on f.draft_id = l.draft_id and f.path = l.path join contents c on c.sha256 = f.sha256`);
    for (const { start, last, content } of lines as unknown as { start: number; last: number; content: string }[])
      expect(readBlocks(content).blocks.some((block) => block.kind !== 'heading' && block.start === start && block.end === last)).toBe(
        true,
      );
    const quotes = await tx.execute(sql`select e.start, e."end" as last, ${text} from evidence e
      join memory_versions v on v.id = e.memory_version_id join contents c on c.sha256 = v.sha256`);
    for (const { start, last, content } of quotes as unknown as { start: number; last: number; content: string }[])
      expect(readBlocks(content).blocks.map((block) => content.slice(block.start, block.end).replace(/^- /, ''))).toContain(
        content.slice(start, last).replace(/^- /, ''),
      );
    const orphans =
      await tx.execute(sql`select sha256 from contents c where not exists (select from memory_versions v where v.sha256 = c.sha256)
      and not exists (select from draft_files f where f.sha256 = c.sha256)`);
    expect([...orphans]).toEqual([]);
  });
}

it('erases whatever was recorded in whatever way, and nothing else', async () => {
  const { client, database, adminUrl } = await facade({ address: null });
  const erasedWords: string[] = [];
  for (let seed = 1; seed <= 8; seed++) {
    const random = mulberry32(seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const say = (who: string) =>
      Array.from({ length: 5 }, (_, at) => `${who} number ${String(at)} of seed ${String(seed)} is a remark of its own.`);
    const [own, other, known, mine] = [say('Albatross'), say('Bumblebee'), say('Cormorant'), say('Dormouse')];
    const imported = `# Known\n\n${known.map((line) => `- ${line}\n`).join('')}`;
    const storeId = await seedStore(database, { '/known.md': imported });
    const a = await seedSession(database, '2026-10-01T09:00:00Z', own.map(user));
    const b = await seedSession(database, '2026-10-02T09:00:00Z', other.map(user));

    // A first dream: lines of one session, of both, of the memory, in any order and under any heading.
    const facts: { statement: string; evidence: Evidence }[] = [];
    for (const [at, statement] of other.entries()) facts.push({ statement, evidence: await quoted(database, b, other[at] ?? '') });
    const statements = new Map<string, Evidence[]>();
    for (const words of own) {
      const both = random() < 0.4;
      statements.set(words, [await quoted(database, a, words), ...(both ? [await quoted(database, b, pick(other))] : [])]);
    }
    for (const words of other.slice(0, 3))
      statements.set(words, [await quoted(database, b, words), ...(random() < 0.5 ? [await quoted(database, a, pick(own))] : [])]);
    for (const words of known.slice(0, 3))
      statements.set(words, [
        await remembered(database, storeId, '/known.md', imported, words),
        ...(random() < 0.5 ? [await quoted(database, a, pick(own))] : []),
      ]);
    const layOut = (all: readonly string[]) => {
      const files: Record<string, string> = {};
      for (const words of all.toSorted(() => random() - 0.5)) {
        const path = pick(['/one.md', '/two.md']);
        files[path] =
          `${files[path] ?? '# Title\n'}${random() < 0.3 ? `\n## Part ${String(Math.floor(random() * 100))}\n\n` : /^- /m.test(files[path] ?? '') ? '' : '\n'}- ${words}\n`;
      }
      return files;
    };
    const linesOf = (files: Record<string, string>, evidence: ReadonlyMap<string, Evidence[]>): RecordedLine[] =>
      [...evidence].map(([words, items]) => ({
        path: Object.keys(files).find((path) => files[path]?.includes(words) === true) ?? '',
        text: `- ${words}`,
        evidence: items,
      }));
    const firstFiles = layOut([...statements.keys()]);
    const first = await recordDream(database, {
      storeId,
      sessionIds: [a, b],
      files: firstFiles,
      lines: linesOf(firstFiles, statements),
      facts,
    });

    // A second one over its result repeats lines, with what was recorded or with the line itself as evidence.
    const repeated = new Map<string, Evidence[]>();
    for (const [words, items] of statements) {
      const path = Object.keys(firstFiles).find((one) => firstFiles[one]?.includes(words) === true) ?? '';
      if (random() < 0.8)
        repeated.set(words, random() < 0.5 ? items : [await remembered(database, first.output, path, firstFiles[path] ?? '', words)]);
    }
    const secondFiles = layOut([...repeated.keys()]);
    const second = await recordDream(database, {
      storeId: first.output,
      sessionIds: [b],
      files: secondFiles,
      lines: linesOf(secondFiles, repeated),
    });

    // A person copies some of it, takes something back, and deletes something.
    const copies = [...statements.keys()].filter(() => random() < 0.4);
    const hand = `# Hand\n\n${[...copies, ...mine].map((line) => `- ${line}\n`).join('')}`;
    const edit = await client.editStore(second.output, [{ kind: 'write', path: '/hand.md', content: hand }], { by: 'nina' });
    const path = pick(Object.keys(secondFiles));
    const removed = await client.editStore(second.output, [{ kind: 'delete', path }], { by: 'nina' });
    if (random() < 0.5) await client.undoOperation(removed.operation_id ?? '', { by: 'nina' });

    const before = await readStore(client, second.output);
    await client.eraseSession(a, { by: 'nina' });
    erasedWords.push(...own);
    expect([seed, await searchDatabase(adminUrl, erasedWords)]).toEqual([seed, []]);
    await assertConsistent(database);
    expect(await readStore(client, storeId)).toEqual({ '/known.md': imported });
    const now = await readStore(client, second.output);
    for (const [name, content] of Object.entries(before)) {
      const foreign = content.split('\n').filter((line) => line.startsWith('- ') && !line.includes('Albatross'));
      const left = now[name]?.split('\n') ?? [];
      for (const line of foreign) expect([seed, name, left]).toEqual([seed, name, expect.arrayContaining([line])]);
    }
    // Taking the copy back brings back what stood before it, without the words.
    await client.undoOperation(edit.operation_id ?? '', { by: 'nina' });
    await client.undoOperation((await client.readLog(second.output)).operations[0]?.id ?? '', { by: 'nina' });
    expect([seed, await searchDatabase(adminUrl, erasedWords)]).toEqual([seed, []]);
  }
}, 180_000);
