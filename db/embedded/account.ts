import { readFileSync } from 'node:fs';

/** The system account a server process runs under; undefined means: under our own. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, so root lends it another account: `postgres` where there is one, else `nobody`. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const line = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (line === undefined)
    throw new Error(
      'PostgreSQL refuses to run as root, and /etc/passwd names neither "postgres" nor "nobody" to run it as. Add one of them or set DATABASE_URL.',
    );
  return { name: line[0] ?? '', uid: Number(line[2]), gid: Number(line[3]) };
}
