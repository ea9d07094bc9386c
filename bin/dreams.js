#!/usr/bin/env node
// The command `dreams`: the compiled one in the package, the TypeScript through tsx in a checkout.
import { existsSync } from 'node:fs';

const compiled = new URL('../dist/client/cli/main.js', import.meta.url);
const source = new URL('../client/cli/main.ts', import.meta.url);

if (existsSync(source)) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(source.href);
} else await import(compiled.href);
