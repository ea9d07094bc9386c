// Values that tool output shows directly: lines of configuration files, changed settings, versions. Never its prose.
import { isInstructionLike } from '../../../domain/instruction-like.ts';
import { hardValues } from '../value.ts';

export interface Observation {
  start: number;
  end: number;
  key: string;
  value: string;
  oldValue: string | null;
  /** The file it stands in; null when the output does not say. */
  source: string | null;
}

const configFile =
  /(?:^|[\s/"'`])((?:[\w.-]+\/){0,6}(?:package\.json|[\w.-]+\.(?:ya?ml|toml|ini|env|cfg|conf|properties|tfvars|md|json)|\.env[\w.]*|\.nvmrc|\.tool-versions|\.python-version|\.editorconfig|Dockerfile|Makefile|Procfile|go\.mod))(?=$|[\s"'`:,)])/;
const header =
  /^(?:\$ (?:cat|less|head|tail|bat|type|env|printenv|git config)\b|(?:reading|read|file|contents? of|export|exported|config|configuration|settings?|environment|env|listing|values?|dump|show)\b)[^\n]{0,160}$/i;
const pair =
  /^\s{0,12}(?:\d{1,5}(?:→|\t|:\s?|\s\|\s))?\s{0,12}(?:export |set |ENV |ARG )?["']?([A-Za-z][\w .-]{1,48}?)["']?\s{0,4}(?::|=|\.{3,40}|\s->\s)\s{0,4}(\S.{0,100})$/;
const toolVersion =
  /^(?:v?\d+\.\d+(?:\.\d+)?|(?:node|python|ruby|go|java|rustc|npm|pnpm|yarn|psql|postgres(?:ql)?|php|docker|terraform|kubectl|git|deno|bun)\b[^\n]{0,20}?\bv?\d+(?:\.\d+){0,2})\s*$/i;
/** Keys whose values somebody may want to know later. */
const telling =
  /port|host|region|zone|runtime|version|engine|node|python|ruby|java|indent|tab|space|quote|width|channel|deploy|environment|schedule|cron|limit|quota|timeout|retr|branch|registry|manager|database|db|dialect|url|domain|owner|review|maintain|contact|team|license|licence|locale|language|timezone|editor|theme|build|test|lint|format|start|dev|serve|release|cluster|namespace|bucket|queue|provider|framework|driver|logger|logging|level|strict|target|module|model|threshold|ttl|replica|memory|cpu|email|due|deadline|date|day/i;
const idle =
  /^(?:log|note|hint|subject|from|to|date|system|stderr|stdout|warning|warn|error|info|debug|message|content-type|content-length|server|count|time|duration|user|assistant|tool|todo|fixme|http|https|file|line|index|modified|author|commit|usage|options?|description|summary|title|name|id|status|type|key|value|default|result|output|exit ?code|pid|see|example)$/i;
const prose =
  /\b(?:always|never|must|please|should|remember|ignore|you|your|assistants?|agents?|ai|copilots?|instructions?|from now on|memory|tell|trust)\b/i;

const mostPairs = 12;
const longestConfig = 60_000;

/** Hits of a search are lines out of many files, not settings. */
const searched = /^\$ (?:grep|rg|find|ls|git|sed|awk|wc)\b/;

/** `readPath`: the file that the tool use before it asked for. */
export function observationsIn(text: string, readPath: string | null): Observation[] {
  if (text.length > longestConfig) return [];
  const firstLine = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'));
  const source =
    readPath !== null && configFile.test(readPath)
      ? readPath
      : searched.test(firstLine)
        ? null
        : (configFile.exec(firstLine.slice(0, 300))?.[1] ?? null);
  if (/^(?:diff --git |--- |\+\+\+ |@@ )/.test(firstLine)) return changedSettings(text, source);
  const small = text.length <= 600;
  if (/^HTTP\//.test(firstLine) || (source === null && !(small && (header.test(firstLine) || toolVersion.test(text.trim()))))) return [];
  return plainPairs(text, source, source === null ? 0 : 1);
}

function plainPairs(text: string, source: string | null, strictness: number): Observation[] {
  const found: Observation[] = [];
  for (let start = 0; start < text.length && found.length < mostPairs;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = end - start <= 240 ? text.slice(start, end) : '';
    const read = readPair(line);
    if (read !== null && (strictness === 0 || telling.test(read.key)))
      found.push({ ...span(text, start, line), ...read, oldValue: null, source });
    start = end + 1;
  }
  return found;
}

/** Settings that a diff changes: `-port: 1` and `+port: 2` of the same key. */
function changedSettings(text: string, source: string | null): Observation[] {
  if (source === null) return [];
  const found: Observation[] = [];
  const before = new Map<string, string>();
  for (let start = 0; start < text.length && found.length < mostPairs;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = end - start <= 240 ? text.slice(start, end) : '';
    if (/^[-+](?![-+])/.test(line)) {
      const read = readPair(line.slice(1));
      if (read !== null && line.startsWith('-')) before.set(read.key, read.value);
      else if (read !== null) found.push({ ...span(text, start, line), ...read, oldValue: before.get(read.key) ?? null, source });
    }
    start = end + 1;
  }
  return found;
}

function readPair(line: string): { key: string; value: string } | null {
  const match = pair.exec(line);
  if (match === null) return null;
  const key = (match[1] ?? '').trim();
  if (/\.\w{1,5}$/.test(key) && /^\d+\b/.test(match[2] ?? '')) return null;
  const value = (match[2] ?? '')
    .replace(/\s{2,}[#(].*$|\s+(?:#|\/\/)\s.*$/, '')
    .replace(/\s*\((?:changed|updated|since|was|as of)[^)]*\)\s*$/i, '')
    .replace(/[,;]\s*$/, '')
    .replace(/^["']|["']$/g, '')
    .trim();
  if (
    value === '' ||
    /^[{[(|>&*]|^(?:null|none|true|false|undefined|\{\}|\[\])$/i.test(value) ||
    key.split(/\s+/).length > 4 ||
    idle.test(key)
  )
    return null;
  if (isInstructionLike(value) || prose.test(value) || prose.test(key) || /[.!?]\s+\p{Lu}/u.test(value)) return null;
  const words = value.split(/\s+/).length;
  if (
    words > 8 ||
    (words > 3 &&
      hardValues(value).length === 0 &&
      !/^(?:npm|pnpm|yarn|npx|node|python|go|cargo|make|docker|bash|sh|vitest|jest|pytest|tsc|tsx|vite|next)\b/.test(value))
  )
    return null;
  if (/^(?:\d+ |\/\/)|[;{]$/.test(value) && !/^\d+ \p{L}+s?$/u.test(value)) return null;
  return { key, value };
}

function span(text: string, lineStart: number, line: string): { start: number; end: number } {
  const indent = line.length - line.trimStart().length;
  const end = lineStart + line.trimEnd().length;
  return { start: Math.min(lineStart + indent, end), end: Math.min(end, text.length) };
}
