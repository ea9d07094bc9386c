import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Compiles the worker of the tests and all below it into a folder, and answers its path. Through tsx each of hundreds of
 * processes would compile it again, its engine's thread too: two of five seconds.
 */
export function compileWorker(folder: string): string {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  const config = join(folder, 'tsconfig.json');
  const options = { noEmit: false, outDir: folder, rootDir: root, types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: options,
      include: [],
      files: [join(root, 'test/crash/worker.ts'), join(root, 'engines/offline/thread.ts')],
    }),
  );
  execFileSync(process.execPath, [compiler, '-p', config], { stdio: 'inherit' });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  // What is no code and is looked for beside it.
  for (const name of ['node_modules', 'db/migrations']) symlinkSync(join(root, name), join(folder, name));
  return join(folder, 'test', 'crash', 'worker.js');
}
