/** Keys as the review knows them, out of what Node reads from a terminal. */
export interface Key {
  /** 'enter', 'up', 'escape', 'ctrl-c', ... or the sign itself. */
  name: string;
  /** What typing it writes; empty for a key that writes nothing. */
  text: string;
}

interface Pressed {
  name?: string | undefined;
  ctrl?: boolean | undefined;
  meta?: boolean | undefined;
}

const named = new Set(['up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end', 'escape', 'backspace', 'tab', 'space']);

/** Arguments of the event `keypress`. null: nothing that we know. */
export function toKey(sign: string | undefined, { name = '', ctrl = false, meta = false }: Pressed = {}): Key | null {
  if (ctrl) return name === 'c' || name === 'd' ? { name: 'ctrl-c', text: '' } : null;
  if (name === 'return' || name === 'enter') return { name: 'enter', text: '' };
  if (named.has(name)) return { name, text: name === 'space' ? ' ' : '' };
  if (meta || sign === undefined || sign === '' || /\p{Cc}/u.test(sign)) return null;
  return { name: sign, text: sign };
}
