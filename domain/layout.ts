// Where things lie in a store: names of files from topics, and names and words that say nothing about a topic.
export const patternsPath = '/patterns.md';
export const openConflictsPath = '/open-conflicts.md';
/** For statements without any topic. */
export const factsPath = '/facts.md';
/** What whole sessions brought forward, one line each, oldest first. */
export const sessionNotesPath = '/session-notes.md';
/** The topic of such a line. */
export const sessionNotesTopic = 'Session notes';

/** Lists that code keeps: they mix topics on purpose. */
export function isListPath(path: string): boolean {
  return /^\/(?:patterns|open-conflicts|facts|session-notes)(?:-\d+)?\.md$/.test(path);
}

/** The list of open conflicts, also where it goes on in a second file. */
export function isOpenConflictsPath(path: string): boolean {
  return /^\/open-conflicts(?:-\d+)?\.md$/.test(path);
}

/** English words for a place where anything lands; a file named only with these, or with dates, names no topic. */
const catchAllWords = new Set(
  (
    'and archive archived bak backup backups bits bucket dump draft drafts ends etc everything facts general ideas inbox index info information items jot journal junk log logs main memo memory memories ' +
    'misc miscellaneous mixed more my new note notes odds old other others pad pieces quick random readme running scrap scratch scratchpad snippets stuff tasks temp things thoughts tmp todo todos ' +
    'unsorted untitled various week winter spring summer autumn fall january february march april may june july august september october november december ' +
    'jan feb mar apr jun jul aug sep oct nov dec'
  ).split(' '),
);

export function wordsOfName(name: string): string[] {
  return name
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Whether a file name or a title says nothing about what it holds. */
export function namesNoTopic(name: string): boolean {
  return wordsOfName(name).every((word) => catchAllWords.has(word) || /^\d+$/.test(word) || /^[a-z]?\d{1,8}$/.test(word));
}

/** `Build and test` → `build-and-test`. */
export function slugOf(topic: string): string {
  const words = topic
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  return words
    .join('-')
    .slice(0, 60)
    .replace(/[\p{Surrogate}-]+$/u, '');
}

/** The path for a new file; a number follows where the name is taken, protected or would collide with a folder. */
export function freePath(folder: string, slug: string, taken: ReadonlySet<string>, isAllowed: (path: string) => boolean): string {
  for (let part = 1; ; part++) {
    const path = `${folder}${slug}${part === 1 ? '' : `-${part}`}.md`;
    if (!taken.has(path) && isAllowed(path) && !collides(path, taken)) return path;
  }
}

/** Whether one of two paths needs the other as a folder. */
function collides(path: string, taken: ReadonlySet<string>): boolean {
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) if (taken.has(path.slice(0, slash))) return true;
  for (const other of taken) if (other.startsWith(`${path}/`)) return true;
  return false;
}
