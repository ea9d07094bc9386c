/** The lines of a file as byte ranges, so that a file of any size is decoded a line at a time. */
import { Buffer } from 'node:buffer';

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

const maxLineBytes = 512 * 1024 * 1024 - 1024;

export function* splitLines(bytes: Uint8Array): Generator<Line> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasMark = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
  let start = hasMark ? 3 : 0;
  for (let number = 1; start < buffer.length; number++) {
    const newline = buffer.indexOf(0x0a, start);
    const end = newline < 0 ? buffer.length : newline;
    // Longer than a string of the platform can be: no JSON, like any other broken line.
    yield { number, text: end - start > maxLineBytes ? '?' : buffer.toString('utf8', start, end) };
    start = end + 1;
  }
}
