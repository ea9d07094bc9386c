// A `go` that "builds" by copying a fake temporal, and can be held in the middle of it.
import { join } from 'node:path';
import { fakeTemporal, writeProgram } from './fake-temporal.ts';
import { type Sandbox } from './sandbox.ts';

/**
 * With a file `hold-go` the next build stops halfway, with half a binary written, until `release-go` exists.
 * Only that one: the file is used up.
 */
export function addFakeGo(sandbox: Sandbox): void {
  writeProgram(join(sandbox.root, 'built-temporal'), fakeTemporal());
  sandbox.addTool(
    'go',
    `echo "$$" >>"$SANDBOX/go.calls"
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
if rm "$SANDBOX/hold-go" 2>/dev/null; then
  echo '#!/bin/sh' >"$out"
  chmod +x "$out"
  while [ ! -e "$SANDBOX/release-go" ] && [ -d "$SANDBOX" ]; do sleep 0.05; done
fi
cp "$SANDBOX/built-temporal" "$out"`,
  );
}
