// A `curl` that serves a fake release from a folder.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { fakeTemporal, writeProgram } from './fake-temporal.ts';
import { type Sandbox } from './sandbox.ts';

export function addFakeRelease(sandbox: Sandbox, { listedSum }: { listedSum?: string } = {}): void {
  const folder = join(sandbox.root, 'release');
  mkdirSync(folder);
  writeProgram(join(folder, 'temporal'), fakeTemporal());
  const archive = `temporal_cli_1.8.2_${platform()}_${arch() === 'x64' ? 'amd64' : 'arm64'}.tar.gz`;
  execFileSync('tar', ['-czf', join(folder, archive), '-C', folder, 'temporal']);
  const sum = createHash('sha256')
    .update(readFileSync(join(folder, archive)))
    .digest('hex');
  writeFileSync(join(folder, 'checksums.txt'), `${'0'.repeat(64)}  another.tar.gz\n${listedSum ?? sum}  ${archive}\n`);
  sandbox.addTool(
    'curl',
    `for last; do :; done
echo "$last" >>"$SANDBOX/curl.calls"
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
cp "$SANDBOX/release/\${last##*/}" "$out"`,
  );
}

export function addFailingCurl(sandbox: Sandbox): void {
  sandbox.addTool('curl', 'echo "curl: (6) Could not resolve host: github.com" >&2; exit 6');
}
