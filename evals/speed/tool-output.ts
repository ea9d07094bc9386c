/** What tools print: the bulk of a coding session. One kind of output at a time, in the forms that terminals and files have. */
import type { Random } from '../random.ts';
import type { Project } from './vocabulary.ts';
import { word } from './vocabulary.ts';

export interface ToolRun {
  name: string;
  input: Record<string, unknown>;
  output: string;
  failed: boolean;
}

type Line = (at: number) => string;

const levels = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'];

export function toolRun(random: Random, project: Project): ToolRun {
  return random.chance(settingsRead) ? readSettings(random, project) : random.pick(runs)(random, project);
}

/** Files of settings are read now and then; nearly every line of one is a fact. */
const settingsRead = 0.02;

function readSettings(r: Random, p: Project): ToolRun {
  const output = lines(r, p, () => `${r.often(p.settings)}: ${String(r.whole(1, 900))}`);
  return { name: 'Read', input: { file_path: `/srv/${p.name}/config/${r.often(p.modules)}.yaml` }, output, failed: false };
}

/** Mostly a few kB, now and then a long one. */
function sizeOf(random: Random): number {
  return random.chance(0.04) ? random.whole(40_000, 90_000) : random.whole(400, 9_000);
}

function fill(random: Random, line: Line): string {
  const size = sizeOf(random);
  const lines: string[] = [];
  for (let length = 0; length < size;) {
    const next = line(lines.length);
    lines.push(next);
    length += next.length + 1;
  }
  return lines.join('\n');
}

const clock = (random: Random, at: number): string =>
  `2026-0${String(1 + (at % 9))}-1${String(at % 10)}T${String(10 + (at % 12))}:${String(10 + (at % 50))}:${String(10 + random.whole(0, 49))}.${String(random.whole(100, 999))}Z`;

const runs: ((random: Random, project: Project) => ToolRun)[] = [
  (r, p) => {
    const module = r.often(p.modules);
    return bash(
      `tail -n 500 logs/${module}.log`,
      fill(
        r,
        (at) =>
          `${clock(r, at)} ${r.pick(levels)} [${r.often(p.modules)}] ${word(r)} ${word(r)} took ${String(r.whole(1, 9000))} ms (id=${r.hex(12)}, ${r.often(p.settings)}=${String(r.whole(1, 500))})`,
      ),
    );
  },
  (r, p) => {
    const file = r.often(p.files);
    return bash(
      `git diff ${file}`,
      [
        `diff --git a/${file} b/${file}`,
        `index ${r.hex(7)}..${r.hex(7)} 100644`,
        `--- a/${file}`,
        `+++ b/${file}`,
        fill(r, (at) =>
          at % 14 === 0
            ? `@@ -${String(at + 1)},12 +${String(at + 1)},14 @@ export function ${word(r)}`
            : `${r.pick([' ', ' ', '+', '-'])}${code(r, p)}`,
        ),
      ].join('\n'),
    );
  },
  (r, p) =>
    bash(
      `ls -lR ${r.often(p.files)}`,
      fill(
        r,
        () =>
          `-rw-r--r--  1 dev dev ${String(r.whole(100, 99_999)).padStart(8)} Mar ${String(r.whole(1, 28)).padStart(2)} 10:${String(r.whole(10, 59))} ${word(r)}_${word(r)}.ts`,
      ),
    ),
  (r, p) =>
    bash(
      `curl -s http://localhost:${String(r.whole(3000, 9000))}/${word(r)}`,
      `[\n${fill(r, (at) => `  {"id": ${String(at)}, "name": "${word(r)}", "owner": "${r.pick(p.people)}", "hash": "${r.hex(24)}", "size": ${String(r.whole(1, 99_999))}, "tags": ["${word(r)}", "${word(r)}"]},`)}\n]`,
    ),
  (r, p) => {
    const failed = r.chance(0.3);
    const tests = fill(
      r,
      () =>
        ` ${r.chance(0.97) ? '✓' : '✗'} ${r.often(p.files)} > ${word(r)} ${word(r)} the ${r.often(p.modules)} ${String(r.whole(1, 400))}ms`,
    );
    const end = failed
      ? `\nAssertionError: expected ${String(r.whole(1, 99))} to be ${String(r.whole(1, 99))}\n    at ${word(r)} (${r.often(p.files)}:${String(r.whole(1, 400))}:${String(r.whole(1, 80))})\n\nTests  ${String(r.whole(1, 9))} failed | ${String(r.whole(20, 400))} passed`
      : `\nTests  ${String(r.whole(20, 400))} passed`;
    return { ...bash(r.pick(['npm test', 'npx vitest run', `npm test -- ${r.often(p.modules)}`]), tests + end), failed };
  },
  (r, p) => ({
    name: 'Read',
    input: { file_path: `/srv/${p.name}/${r.often(p.files)}` },
    output: fill(r, (at) => `${String(at + 1).padStart(6)}→${code(r, p)}`),
    failed: false,
  }),
  (r, p) => ({
    name: 'Grep',
    input: { pattern: word(r) },
    output: fill(r, () => `${r.often(p.files)}:${String(r.whole(1, 900))}:${code(r, p)}`),
    failed: false,
  }),
  (r, p) => ({
    name: 'Edit',
    input: { file_path: `/srv/${p.name}/${r.often(p.files)}`, old_string: lines(r, p), new_string: lines(r, p) },
    output: 'The file has been updated.',
    failed: false,
  }),
  (r, p) => ({
    ...bash(
      `npm run build --workspace ${r.often(p.modules)}`,
      `error TS2339: Property '${word(r)}' does not exist on type '${word(r)}'.\n${fill(r, () => `${r.often(p.files)}(${String(r.whole(1, 300))},${String(r.whole(1, 60))}): note ${word(r)} ${word(r)}`)}`,
    ),
    failed: true,
  }),
];

function bash(command: string, output: string): ToolRun {
  return { name: 'Bash', input: { command }, output, failed: false };
}

function lines(r: Random, p: Project, line = () => code(r, p)): string {
  return Array.from({ length: r.whole(3, 30) }, line).join('\n');
}

function code(r: Random, p: Project): string {
  const kind = r.next();
  if (kind < 0.3) return `  const ${word(r)} = await ${word(r)}.${word(r)}(${word(r)}, { ${word(r)}: ${String(r.whole(0, 99))} });`;
  if (kind < 0.5) return `  if (${word(r)}.length > ${String(r.whole(1, 99))}) return ${word(r)}(${word(r)});`;
  if (kind < 0.65) return `// ${word(r)} is kept by the ${r.often(p.modules)} until the ${word(r)} has been read`;
  if (kind < 0.8) return `import { ${word(r)}, ${word(r)} } from './${r.often(p.files)}';`;
  return kind < 0.9 ? '' : `    ${word(r)}: '${word(r)} ${word(r)}',`;
}
