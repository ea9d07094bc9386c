/** Where a command's words go: the result to stdout, everything else to stderr. Nothing passes that a terminal would obey. */
import { styleText } from 'node:util';
import { printable } from '../../domain/printable-text.ts';
import { safeJson } from './safe-json.ts';

export interface Stream {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  /** Of a terminal. */
  columns?: number;
  rows?: number;
  on?(event: 'resize', listener: () => void): unknown;
  off?(event: 'resize', listener: () => void): unknown;
}

/** `removed` and `added` are words of a diff, `inverse` a bar across the screen. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'removed' | 'added' | 'inverse';

/** Of a terminal that does not say. */
const assumed = { columns: 80, rows: 24 };

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

  /** Whether somebody sits before stdout. */
  get isScreen(): boolean {
    return this.#stdout.isTTY === true;
  }

  get size(): { columns: number; rows: number } {
    const { columns = 0, rows = 0 } = this.#stdout;
    return { columns: columns > 0 ? columns : assumed.columns, rows: rows > 0 ? rows : assumed.rows };
  }

  /** Calls when the window changes its size; answers how to stop that. */
  onResize(act: () => void): () => void {
    this.#stdout.on?.('resize', act);
    return () => void this.#stdout.off?.('resize', act);
  }

  /** The alternate screen, without a cursor, and a line too wide is cut instead of wrapped; what stood before comes back with `closeScreen`. */
  openScreen(): void {
    this.#stdout.write('\u001b[?1049h\u001b[?25l\u001b[?7l');
  }

  closeScreen(): void {
    this.#stdout.write('\u001b[?7h\u001b[?25h\u001b[?1049l');
  }

  /** The whole screen at once: as many lines as it has, none wider than it. */
  draw(lines: readonly string[]): void {
    // Each line is cleared before it is written: after a line that fills the window its last sign would go.
    const shown = lines.map((line) => `\u001b[2K${this.#render(line.replaceAll('\n', ' '), this.#stdout)}`);
    this.#stdout.write(`\u001b[H${shown.join('\r\n')}`);
  }

  /** Styles travel as private-use characters, which `printable` leaves alone, and become escape codes only for a terminal. */
  #render(text: string, stream: Stream): string {
    const clean = printable(text);
    return stream.isTTY === true ? applyStyles(clean) : stripStyles(clean);
  }
}

const formats: Record<Style, Parameters<typeof styleText>[0]> = {
  bold: 'bold',
  dim: 'dim',
  red: 'red',
  green: 'green',
  yellow: 'yellow',
  cyan: 'cyan',
  removed: ['red', 'strikethrough'],
  added: ['green', 'bold'],
  inverse: 'inverse',
};
const styles = Object.keys(formats) as Style[];
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
      return name === undefined ? inner : styleText(formats[name], inner, { validateStream: false });
    }),
  );
}

function stripStyles(text: string): string {
  return text.replaceAll(/[\u{f0000}-\u{f00ff}]/gu, '');
}
