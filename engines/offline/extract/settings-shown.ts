// Which of the values that tool output shows are settings people talk about, and how a note would put them.
import { kindOfThing } from '../known-things.ts';
import type { Observation } from './observations.ts';

/** Fields of a package's own manifest that change with every release, or say how it is built, not how one works with it. */
const manifestFields =
  /^(?:name|version|private|type|main|module|types|exports|license|author|description|homepage|repository|files|bin|sideEffects)$/i;
const manifest = /(?:^|\/)(?:package\.json|pyproject\.toml|Cargo\.toml|composer\.json)$/;
/** "File created successfully at: ...": the tool tells what it did. */
const toolReport =
  /\b(?:created|updated|written|wrote|saved|deleted|removed|modified|edited|success(?:ful(?:ly)?)?|copied|renamed|running|applied|visit|compiled|finished|completed|downloaded|uploaded)\b/i;

/** The statement for a value that was shown; null when it is no setting. */
export function settingShown(seen: Observation): string | null {
  const file = seen.source === null ? '' : seen.source.slice(seen.source.lastIndexOf('/') + 1);
  const where = file === '' ? '' : ` (${file})`;
  const former = seen.oldValue === null ? '' : ` (was ${seen.oldValue})`;
  if (toolReport.test(seen.key) && /^(?:\/|~|[A-Z]:\\|https?:)|\//.test(seen.value)) return null;
  if (manifest.test(file)) {
    if (manifestFields.test(seen.key)) return null;
    const manager = /^packageManager$/i.test(seen.key) ? /^([a-z]+)@(\d[\w.-]*)/.exec(seen.value) : null;
    if (manager !== null) return `Package manager: ${manager[1]} ${manager[2]}${where}.`;
    const command = /^["']?(?:[^"']*"\s*:\s*")?([\w./-]+)/.exec(seen.value)?.[1] ?? '';
    if (/^(?:dev|build|start|lint|format|serve|prepare|pre\w+|post\w+)\b/i.test(seen.key)) return null;
    if (/^test/i.test(seen.key)) return kindOfThing(command) === 'test runner' ? `Tests run with ${command}${where}.` : null;
  }
  return `${seen.key.charAt(0).toUpperCase()}${seen.key.slice(1)}: ${seen.value}${former}${where}.`;
}

const engines = /"engines"\s*:\s*\{[^{}\n]{0,200}?"(node|npm|pnpm|yarn|bun|deno)"\s*:\s*"([^"\n]{1,40})"/;

/** The runtime that a manifest asks for: `"engines": { "node": ">=18 <21" }`. */
export function enginesIn(text: string): { start: number; end: number; statement: string } | null {
  const match = engines.exec(text.slice(0, 20_000));
  const lowest = /\d+(?:\.\d+)*/.exec(match?.[2] ?? '')?.[0];
  if (match === null || lowest === undefined) return null;
  return { start: match.index, end: match.index + match[0].length, statement: versionStatement(match[1] ?? '', lowest, ' (package.json)') };
}

function versionStatement(program: string, version: string, where: string): string {
  const name = `${program.charAt(0).toUpperCase()}${program.slice(1)}`;
  const kind = kindOfThing(program).replace(/^\p{Lu}\S* /u, '');
  return kind === '' ? `${name} version: ${version}${where}.` : `The ${kind} is ${name} ${version}${where}.`;
}

const asksVersion =
  /(?:^|[;&|]\s*)(node|python3?|ruby|go|java|psql|postgres|php|deno|bun|npm|pnpm|yarn|rustc|terraform|docker|kubectl) (?:-v|-V|--version|version)(?=\s*(?:$|[;&|]))/;
const versionLine = /^(?:[A-Za-z(][\w ()-]{0,30} )?v?(\d+\.\d+(?:\.\d+)?)\b[^\n]{0,60}$/m;

/** What `node -v` and its like print. */
export function versionShown(command: string | null, text: string): { start: number; end: number; statement: string } | null {
  const asked = command === null ? null : asksVersion.exec(command);
  // Of several commands only the first one's answer stands at the head.
  if (asked === null || asked.index > 0) return null;
  const head = text.slice(0, 400);
  const first = /^(?:exit code \d+\n)?([^\n]*)/i.exec(head);
  const line = versionLine.exec(first?.[1] ?? '');
  if (first === null || line === null) return null;
  const start = first[0].length - (first[1] ?? '').length;
  const name = (asked[1] ?? '').replace(/^python3$/, 'python').replace(/^psql$/, 'postgres');
  return { start, end: first[0].length, statement: versionStatement(name, line[1] ?? '', '') };
}

const perEnvironment =
  /^\s{0,8}(production|prod|staging|dev|development|test|qa|preview)\s{0,12}[:=|]?\s{1,12}([A-Za-z][A-Za-z.]{2,20}) v?(\d+(?:\.\d+){0,2})\b/gm;

/** What each environment runs, where a command asked for versions. */
export function versionsByEnvironment(command: string | null, text: string): { start: number; end: number; statement: string }[] {
  if (command === null || !/\bversions?\b/i.test(command) || text.length > 4_000) return [];
  return [...text.matchAll(perEnvironment)]
    .filter((match) => kindOfThing(match[2] ?? '') !== '')
    .map((match) => {
      const [whole, place = '', product = '', version = ''] = match;
      const start = match.index + whole.length - whole.trimStart().length;
      return {
        start,
        end: match.index + whole.length,
        statement: `${place.charAt(0).toUpperCase()}${place.slice(1)} runs ${product} ${version}.`,
      };
    });
}
