/** Where JSON breaks. The platform's own message may hold the text around it and often no position; a sentence needs line and column. */

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end';

/** Offset of the first character at which `text` stops being JSON; its length when the end comes too early; null when it is JSON. */
export function firstJsonError(text: string): number | null {
  // What each open bracket waits for, innermost last; a stack of our own, because nesting may be deep.
  const open: ('object' | 'array')[] = [];
  let expect = 'value' as Expected;
  let at = 0;
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text[at] as string)) at += 1;
    if (at >= text.length) return expect === ', or end' && open.length === 0 ? null : text.length;
    const character = text[at] as string;
    if (expect === ', or end') {
      const inner = open.at(-1);
      if (inner === undefined) return at;
      if (character === ',') expect = inner === 'object' ? 'key' : 'value';
      else if (character === (inner === 'object' ? '}' : ']')) open.pop();
      else return at;
      at += 1;
    } else if (expect === ':') {
      if (character !== ':') return at;
      expect = 'value';
      at += 1;
    } else if (expect === 'key' || expect === 'key or }') {
      if (character === '}' && expect === 'key or }') {
        open.pop();
        expect = ', or end';
        at += 1;
      } else {
        if (character !== '"') return at;
        const end = stringEnd(text, at);
        if (end.error) return end.at;
        at = end.at;
        expect = ':';
      }
    } else if (character === ']' && expect === 'value or ]') {
      open.pop();
      expect = ', or end';
      at += 1;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? 'object' : 'array');
      expect = character === '{' ? 'key or }' : 'value or ]';
      at += 1;
    } else {
      const end = character === '"' ? stringEnd(text, at) : literalEnd(text, at);
      if (end.error) return end.at;
      at = end.at;
      expect = ', or end';
    }
  }
}

function stringEnd(text: string, start: number): { at: number; error: boolean } {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { at: at + 1, error: false };
    if (code < 0x20) return { at, error: true };
    if (code === 0x5c) {
      const escaped = text[at + 1];
      if (escaped === undefined) return { at: text.length, error: true };
      if (escaped === 'u') {
        if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) return { at, error: true };
        at += 5;
      } else if ('"\\/bfnrt'.includes(escaped)) at += 1;
      else return { at, error: true };
    }
  }
  return { at: text.length, error: true };
}

const literal = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function literalEnd(text: string, at: number): { at: number; error: boolean } {
  literal.lastIndex = at;
  return literal.test(text) ? { at: literal.lastIndex, error: false } : { at, error: true };
}

/** Line and column from 1, the column in characters. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  let column = 1;
  for (let at = lineStart; at < offset; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) column += 1;
  return { line, column };
}
