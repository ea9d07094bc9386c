/** Names for a world that does not exist: projects with their modules, files, settings and people. */
import { Random } from '../random.ts';

export interface Project {
  name: string;
  modules: string[];
  files: string[];
  settings: string[];
  people: string[];
  tools: string[];
}

const starts = 'b br c cl d dr f fl g gr h j k l m n p pl qu r s sh sk st t tr v w z'.split(' ');
const middles = 'a e i o u ai ea io ou'.split(' ');
const ends = 'b ck d f g l ll m n nd p r rn s st t th x'.split(' ');
const kinds =
  'cache client config handler index loader parser planner pool queue reader router runner scheduler schema service store sync view worker'.split(
    ' ',
  );
const qualities = 'timeout limit retries port width threshold interval replicas ttl batch depth quota'.split(' ');

export function word(random: Random): string {
  const syllable = (): string => random.pick(starts) + random.pick(middles) + (random.chance(0.5) ? random.pick(ends) : '');
  return syllable() + syllable() + (random.chance(0.3) ? syllable() : '');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The same for every session of a project, so that sessions speak of the same things. */
export function makeProject(seed: number, number: number): Project {
  const random = new Random(seed, 7, number);
  const many = <T>(count: number, make: () => T): T[] => [...new Set(Array.from({ length: count }, make))];
  const modules = many(120, () => `${word(random)}-${random.pick(kinds)}`);
  return {
    name: word(random),
    modules,
    files: many(900, () => `src/${random.often(modules)}/${word(random)}.${random.pick(['ts', 'ts', 'py', 'go', 'sql', 'md'])}`),
    settings: many(200, () => `${word(random)}_${random.pick(qualities)}`),
    people: many(12, () => capital(word(random))),
    tools: many(40, () => word(random)),
  };
}
