/** The thin shell around the review: keys in, lines out, and the terminal as it was whatever happens. */
import process from 'node:process';
import { emitKeypressEvents } from 'node:readline';
import type { Terminal } from '../terminal.ts';
import { toKey } from './keys.ts';
import { press } from './press.ts';
import type { ReviewState } from './state.ts';
import { view } from './view.ts';

/** stdin of a terminal, or what behaves like it. */
export interface Keyboard extends NodeJS.ReadableStream {
  isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
}

/** Goes through the draft until an ending; the signal is one too. */
export async function askOnScreen(terminal: Terminal, keyboard: Keyboard, first: ReviewState, signal: AbortSignal): Promise<ReviewState> {
  let state = first;
  const draw = (): void => {
    const { columns, rows } = terminal.size;
    const { lines, scroll, within } = view(state, columns, rows);
    state = { ...state, scroll, within };
    terminal.draw(lines);
  };
  let restore: () => void = () => undefined;
  try {
    return await new Promise<ReviewState>((resolve) => {
      const onKey = (sign: string | undefined, pressed: { name?: string; ctrl?: boolean; meta?: boolean } | undefined): void => {
        const key = toKey(sign, pressed);
        if (key === null || state.ending !== null) return;
        state = press(state, key);
        if (state.ending === null) draw();
        else resolve(state);
      };
      const onEnd = (): void => resolve({ ...state, ending: 'leave' });
      const onAbort = (): void => resolve({ ...state, ending: 'interrupt' });
      const stopResize = terminal.onResize(draw);
      restore = once(() => {
        keyboard.off('keypress', onKey);
        keyboard.off('end', onEnd);
        signal.removeEventListener('abort', onAbort);
        stopResize();
        keyboard.setRawMode?.(false);
        keyboard.pause();
        terminal.closeScreen();
        process.off('exit', restore);
      });
      // Whoever ends the process leaves a terminal that can be typed in.
      process.on('exit', restore);
      terminal.openScreen();
      emitKeypressEvents(keyboard);
      keyboard.setRawMode?.(true);
      keyboard.on('keypress', onKey);
      keyboard.on('end', onEnd);
      signal.addEventListener('abort', onAbort);
      keyboard.resume();
      if (signal.aborted) onAbort();
      else draw();
    });
  } finally {
    restore();
  }
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) {
      isDone = true;
      act();
    }
  };
}
