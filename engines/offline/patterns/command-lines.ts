// Command lines taken apart: the simple commands of a line, and what makes two runs of one command the same.

export interface SimpleCommand {
  /** Program and subcommands, without options and operands: "docker compose up". */
  key: string;
  /** As typed, without redirections. */
  text: string;
}

/** Programs and builtins that look or wait; they are no step of a procedure. */
const idle = new Set(
  'cd ls ll pwd echo printf cat less head tail grep rg find fd wc which sed awk tr sort uniq cut xargs tee tree stat file du df ps env printenv export source set true false sleep clear history mkdir touch chmod cp mv rm kill curl wget perl jq test read if then else fi done while until time open code vim nano exit'.split(
    ' ',
  ),
);
const longestKey = 4;

/** In order; loops and pipes are opened, variables of a call dropped. */
export function simpleCommands(line: string): SimpleCommand[] {
  return line
    .slice(0, 2_000)
    .replace(/\d?>&?\s?[\w/.&-]+/g, ' ')
    .replace(/\$\([^)\n]*\)?/g, '$x')
    .split(/&&|\|\||[;|&\n]/)
    .flatMap((part) => {
      const text = part
        .trim()
        .replace(/\s+/g, ' ')
        .replace(/^(?:(?:do|then|else|sudo|time|command) )+/, '')
        .replace(/^(?:[A-Z_][A-Z0-9_]*=\S* )+/, '')
        .trim();
      const key = keyOf(text);
      return key === '' ? [] : [{ key, text }];
    });
}

function keyOf(text: string): string {
  const words = text.split(' ');
  const program = words[0] ?? '';
  if (!/^[a-z][\w.+-]*$/.test(program) || idle.has(program) || program === 'for') return '';
  const key = [program];
  for (const [index, word] of words.slice(1).entries()) {
    if (key.length === longestKey) break;
    if (word === '--') break;
    if (word.startsWith('-')) continue;
    // "docker compose -f compose.yml up", "list --env staging": the word belongs to the option before it.
    const option = words[index] ?? '';
    if (/^--[\w-]+$/.test(option) || (/^-\w$/.test(option) && /[./=]/.test(word))) continue;
    if (!/^[a-z][a-z:_-]*$/.test(word)) break;
    key.push(word);
  }
  return key.join(' ');
}
