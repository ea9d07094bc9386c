// A `temporal` that serves nothing but opens its ports.
import { chmodSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const fakeServer = fileURLToPath(new URL('./fake-server.mjs', import.meta.url));

export function writeProgram(path: string, body: string): string {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** The text of a `temporal` that serves nothing but opens its ports. */
export function fakeTemporal(version = '1.8.2'): string {
  return `case "$*" in
  --version) echo "temporal version ${version} (Server fake, UI fake)" ;;
  *--help) echo "--ui-disable-news-fetch" ;;
  *) echo "$*" >>"$SANDBOX/temporal.calls"; exec "${process.execPath}" "${fakeServer}" "$@" ;;
esac`;
}
