/** Workflow code as it is kept: compressed, under the hash of what was compressed. */
import { gunzipSync } from 'node:zlib';
import { sha256Hex } from '../../domain/hash.ts';

export interface PackedBundle {
  /** gzip. */
  bytes: Uint8Array;
  /** Of the code, in bytes; nothing longer is unpacked. */
  size: number;
  sha256: string;
}

/** The code, or why what is kept is not it. */
export type OpenedBundle = { code: Uint8Array } | { altered: string };

export function openBundle({ bytes, size, sha256 }: PackedBundle): OpenedBundle {
  let code: Uint8Array;
  try {
    code = gunzipSync(bytes, { maxOutputLength: size });
  } catch {
    return { altered: 'it cannot be unpacked' };
  }
  return sha256Hex(code) === sha256 ? { code } : { altered: 'its hash is another one' };
}
