// An agent's words told to a later reader: its "you" is the user, its "I" the agent.
import { narratorOf, toStatement } from './wording.ts';

/** Without the full stop, so that it can stand inside a sentence. */
export function agentSaid(text: string): string {
  const turned = text
    .replace(/(?<!\p{Lu}\p{Ll}{1,20} )\b(?:I|me)\b(?!['’])/gu, 'the agent')
    .replace(/\bI['’](?:ll|d|ve|m)\b/g, 'the agent')
    .replace(/\b(?:my|mine)\b/gi, "the agent's")
    .replace(/\byou(?:['’]re| are)\b/gi, 'I am')
    .replace(/\byour(?:s)?\b/gi, 'my')
    .replace(/\byourself\b/gi, 'myself')
    .replace(/\byou\b/gi, 'I');
  return toStatement(turned, narratorOf(null)).replace(/\.$/, '');
}

/** What the user says to the agent, told of it: their "you" is the agent. */
export function ofAgent(text: string): string {
  return text
    .replace(/\byou['’]ve\b|\byou have\b/gi, 'the agent has')
    .replace(/\byou['’]re\b|\byou are\b/gi, 'the agent is')
    .replace(/\byou['’]ll\b/gi, 'the agent will')
    .replace(/\byou['’]d\b/gi, 'the agent would')
    .replace(/\byours?elf\b/gi, 'itself')
    .replace(/\byours?\b/gi, "the agent's")
    .replace(/\byou\b/gi, 'the agent')
    .replace(/(^|[.!?]\s)the agent\b/g, '$1The agent');
}
