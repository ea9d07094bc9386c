/** A run's history as it is kept: the server's own protobuf, compressed, with the hash of what was compressed. */
import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzip } from 'node:zlib';
import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import { sha256Hex } from '../../domain/hash.ts';

export type History = temporal.api.history.v1.IHistory;
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

export interface PackedHistory {
  /** gzip. */
  bytes: Uint8Array;
  /** Of the protobuf, in bytes. */
  size: number;
  sha256: string;
}

const { History: codec } = proto.temporal.api.history.v1;

/** A server ends a run whose history has grown to 50 MB; what unpacks to more than twice that is none. */
const longest = { maxOutputLength: 100_000_000 };

export function encodeHistory(history: History): Uint8Array {
  return codec.encode(history).finish();
}

export function decodeHistory(bytes: Uint8Array): History {
  return codec.decode(bytes);
}

export async function packHistory(history: History): Promise<PackedHistory> {
  const encoded = encodeHistory(history);
  return { bytes: await promisify(gzip)(encoded), size: encoded.length, sha256: sha256Hex(encoded) };
}

/** Of the bytes alone; what they should be is the caller's to check, by `sha256`. */
export async function unpackHistory(bytes: Uint8Array): Promise<{ history: History; sha256: string }> {
  const encoded = await promisify(gunzip)(bytes, longest);
  return { history: decodeHistory(encoded), sha256: sha256Hex(encoded) };
}

/** For a search that goes through columns one after the other. */
export function unpackHistoryNow(bytes: Uint8Array): History {
  return decodeHistory(gunzipSync(bytes, longest));
}
