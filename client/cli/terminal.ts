/** Where a command's words go: the result to stdout, everything else to stderr. Nothing passes that a terminal would obey. */
import { styleText } from 'node:util';
import { printable } from '../../domain/printable-text.ts';
import { safeJson } from './safe-json.ts';

export interface Stream {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

export class Terminal {
  readonly #stdout: Stream;
  readonly #stderr: Stream;

  constructor(streams: { stdout: Stream; stderr: Stream }) {
    this.#stdout = streams.stdout;
    this.#stderr = streams.stderr;
  }

  /** A result for people. The text may hold anything; styles are put in by `style`. */
  result(text: string): void {
    this.#stdout.write(`${this.#render(text, this.#stdout)}\n`);
  }

  /** A result for scripts: one line. */
  json(value: unknown): void {
    this.#stdout.write(`${safeJson(value)}\n`);
  }

  progress(text: string): void {
    this.#stderr.write(`${this.#render(text, this.#stderr)}\n`);
  }

  errorJson(value: unknown): void {
    this.#stderr.write(`${safeJson(value)}\n`);
  }

  /** Styles travel as private-use characters, which `printable` leaves alone, and become escape codes only for a terminal. */
  #render(text: string, stream: Stream): string {
    const clean = printable(text);
    return stream.isTTY === true ? applyStyles(clean) : stripStyles(clean);
  }
}

const styles: readonly Style[] = ['bold', 'dim', 'red', 'green', 'yellow', 'cyan'];
const open = 0xf0000;
const close = '\u{f00ff}';

/** Marks a stretch; marks do not nest. Foreign text is stripped of them before. */
export function style(name: Style, text: string): string {
  return `${String.fromCodePoint(open + styles.indexOf(name))}${text}${close}`;
}

/** Text from a transcript or memory, in which marks of ours cannot be. */
export function foreign(text: string): string {
  return text.replaceAll(/[\u{f0000}-\u{f00ff}]/gu, '');
}

const marked = /([\u{f0000}-\u{f000f}])([^\u{f0000}-\u{f00ff}]*)\u{f00ff}/gu;

function applyStyles(text: string): string {
  return stripStyles(
    text.replace(marked, (_, mark: string, inner: string) => {
      const name = styles[(mark.codePointAt(0) ?? open) - open];
      return name === undefined ? inner : styleText(name, inner, { validateStream: false });
    }),
  );
}

function stripStyles(text: string): string {
  return text.replaceAll(/[\u{f0000}-\u{f00ff}]/gu, '');
}
