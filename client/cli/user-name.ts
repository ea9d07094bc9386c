/** Who sits at the keyboard, as operations and decisions name them. */
import { userInfo } from 'node:os';
import process from 'node:process';

/** The account's name; its number where the system has no name for it, as in a container that runs as any user. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${String(process.getuid?.() ?? 'unknown')}`;
  }
}
