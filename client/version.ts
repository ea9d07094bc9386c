import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './up/entry-point.ts';

/** Of open-dreams, as installed. */
export function installedVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}
