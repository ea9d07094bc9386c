import { createHash } from 'node:crypto';

/**
 * SHA-256 as 64 lowercase hex digits of the exact UTF-8 bytes. The one file of the domain that imports anything: the
 * platform's own hash. Workflow code must not import it (the sandbox has no node:crypto); a test holds that.
 */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function sha256Bytes(data: string | Uint8Array): Uint8Array {
  return createHash('sha256').update(data).digest();
}
