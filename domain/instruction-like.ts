// Finds sentences that tell the reader what to do. From a tool's output such a sentence is nobody's order.

const addressee =
  /\b(?:you|your|yourself|agents?|assistants?|(?:the|any|this) (?:model|bot|reader)|AI|LLMs?|language models?|claude|copilot|chatbots?)\b/i;
const demand =
  /\b(?:must|should|shall|always|never|need(?:s)? to|ha(?:ve|s) to|(?:is|are) (?:required|obliged|instructed|expected|asked|to)|do not|don['’]t|may not|cannot|can only|only ever|please|make sure|ensure|remember|ignore|disregard)\b/i;

const opening =
  /^(?:(?:please|now|then|next|first|finally|also|instead|important|note|attention|reminder|warning|system|instructions?|from now on|going forward|in future|before \w+ing|after \w+ing)[,:]? +){0,3}/i;
/** Words that begin an order whatever follows. */
const orderWord =
  /^(?:always|never|do not|don['’]t|make sure|be sure|ensure that|remember to|ignore|disregard|forget (?:all|any|every|the|your|previous|prior)|you (?:must|should|shall|need to|have to|will|are to)|from now on|going forward)\b/i;
/** Verbs that are an order when something to act on follows; alone many of them are nouns ("Run time is 5 s"). */
const verb = new RegExp(
  `^(?:${[
    'add',
    'allow',
    'append',
    'apply',
    'approve',
    'ask',
    'avoid',
    'build',
    'bypass',
    'call',
    'change',
    'check',
    'clear',
    'click',
    'clone',
    'commit',
    'configure',
    'confirm',
    'connect',
    'consider',
    'copy',
    'create',
    'curl',
    'decode',
    'delete',
    'deploy',
    'disable',
    'download',
    'drop',
    'email',
    'enable',
    'encode',
    'execute',
    'export',
    'fetch',
    'follow',
    'force-push',
    'forward',
    'give',
    'go',
    'grant',
    'import',
    'include',
    'insert',
    'install',
    'invoke',
    'keep',
    'kill',
    'leave',
    'let',
    'list',
    'load',
    'log',
    'mark',
    'merge',
    'move',
    'navigate',
    'obey',
    'open',
    'output',
    'override',
    'paste',
    'post',
    'prefer',
    'pretend',
    'print',
    'publish',
    'pull',
    'push',
    'put',
    'read',
    'reboot',
    'refer',
    'remove',
    'rename',
    'replace',
    'reply',
    'report',
    'request',
    'reset',
    'respond',
    'restart',
    'retry',
    'return',
    'reveal',
    'revert',
    'review',
    'revoke',
    'rewrite',
    'rotate',
    'run',
    'save',
    'search',
    'see',
    'select',
    'send',
    'set',
    'share',
    'show',
    'skip',
    'start',
    'stop',
    'store',
    'submit',
    'switch',
    'tell',
    'transfer',
    'treat',
    'trust',
    'try',
    'turn',
    'type',
    'uninstall',
    'unset',
    'update',
    'upgrade',
    'upload',
    'use',
    'verify',
    'visit',
    'wait',
    'whitelist',
    'wipe',
    'write',
  ].join(
    '|',
  )}) +(?=(?:the|an?|all|any|this|that|these|those|your|my|our|its|it|them|me|us|him|her|every|each|both|only|to|with|from|into|in|on|at|for|as|out|up|off|no|new|one)\\b|["'\`“<$/~{\\[-]|https?:|\\S+[._/]\\S|\\S+\\(\\))`,
  'i',
);

/** Where `text` holds a sentence that tells an agent, or the reader, what to do. */
export function findInstructions(text: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (const match of text.matchAll(/[^\n.!?;]+(?:[.!?;](?!\s|$)[^\n.!?;]*)*[.!?;]?/g)) {
    if (isInstructionLike(match[0])) spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** Whether one sentence is an order: it begins as one, or it says what an agent or "you" must do. */
export function isInstructionLike(sentence: string): boolean {
  const bare = sentence
    .slice(0, 2_000)
    .replace(/^[\s>*_#"'“‘([\]|-]+|^\s*\d{1,3}[.)]\s+/, '')
    .trim();
  const order = bare.replace(opening, '');
  if (orderWord.test(order) || orderWord.test(bare) || verb.test(order)) return true;
  return addressee.test(bare) && demand.test(bare);
}
