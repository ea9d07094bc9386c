/** Where our programs and files are: TypeScript run through tsx in a checkout, compiled JavaScript in the package. */
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');

/** The folder of package.json, temporal-dev.sh and examples/. */
export function packageFolder(): string {
  return fileURLToPath(new URL(isSource ? '../..' : '../../..', import.meta.url));
}

/** Far above what a dream needs; below them V8 lets less garbage lie than it does on a large machine (twice what lives, not four times). */
export const workerLimits = ['--max-old-space-size=2000', '--max-semi-space-size=8'];

/** Arguments that make `node` run one of our programs from any folder. `program` is a path from the root, without ending. */
export function nodeArguments(program: 'workers/main' | 'workers/replay' | 'client/cli/main'): string[] {
  const file = fileURLToPath(new URL(`../../${program}.${isSource ? 'ts' : 'js'}`, import.meta.url));
  const limits = program === 'workers/main' ? workerLimits : [];
  return isSource ? [...limits, '--import', import.meta.resolve('tsx'), file] : [...limits, file];
}
