// Wishes that users of assistants have again and again, in ever other words: a list, for what counting words (themes.ts) cannot bring
// together, since no word recurs. The evaluation report says what it is worth.

export interface Wish {
  /** The rule, an order. */
  rule: string;
  /** Words that show the wish in a short reaction of the user. */
  shows: RegExp;
  /** Words that must not stand beside it. */
  unless?: RegExp;
  /** The rule of another wish that asks for the opposite: who asks for both has no habit. */
  against?: string;
}

export const wishes: readonly Wish[] = [
  {
    rule: 'Keep answers short and concise',
    against: 'Give more detail in answers',
    shows:
      /\b(?:too (?:long|wordy|verbose|much text)|(?:way|far) too (?:long|wordy|verbose)|wordy|verbose|long-winded|shorter|(?:keep|make|be) (?:it |this |that )?(?:short|brief|concise|crisp)|(?<!\b(?:the|an?|this|that|our|my|your|project|design|creative|client) )brief(?:er|ly)?|concise(?:ly)?|terse|tl;?dr|gist|short version|in (?:one|two|three|four|five|ten|a few|fewer|\d+) (?:words?|sentences?|lines?)|(?:one|two|three) (?:sentence|line)s?(?: (?:please|max|only))?$|less text|get to the point|cut to the chase|bottom line|just the (?:answer|gist|result|point)|summari[sz]e (?:it|that)|wall of text|half (?:as long|the length))\b/i,
    unless: /\b(?:commit|method|function|class|name|file|variable|line length)\b/i,
  },
  {
    rule: 'Give more detail in answers',
    against: 'Keep answers short and concise',
    shows:
      /\b(?:too (?:short|brief|terse)|more detail|elaborate|go deeper|longer (?:answer|version)|explain (?:more|further|in detail)|spell it out)\b/i,
  },
  {
    rule: 'Add no new dependencies; use the standard library or write the few lines',
    shows:
      /\b(?:no (?:new|extra|more|additional|further|external|third-party) (?:package|dependenc|librar|module|dep)\w*|without (?:a |any )?(?:new )?(?:package|librar|dependenc)\w*|(?:std ?lib|standard library|built[- ]?ins?)(?: only)?|instead of (?:a|another|the) (?:package|library|dependency)|(?:not|no) another (?:package|library|dependency|third-party)|third-party (?:package|dependenc|librar|module|dep)\w*|no (?:deps?|dependenc\w+|librar\w+|packages?)\b|avoid (?:dependenc|librar|package)\w*|zero dependenc\w*)\b/i,
  },
  {
    rule: 'Name a rollback plan with every deploy, release or migration',
    shows: /\b(?:roll(?:ing)?[ -]?back|back(?:ing)? (?:it |us )?out|down migration|fall ?back plan|backout)\b/i,
    unless: /^(?:please )?(?:undo|revert|roll (?:it |that |this )?back)\b/i,
  },
  {
    rule: 'Offer a one-line commit message in the imperative when work is done',
    shows:
      /\bcommit (?:message|msg|subject|summary|line|text|title|headline)\b|\bgit (?:message|msg)\b|\b(?:message|subject|line|summary|title) for the commit\b|\bcommit\b.{0,20}\b(?:one line|imperative)\b/i,
    unless: /\b(?:hook|fails?|failing|failed|lint|template)\b/i,
  },
  {
    rule: 'Write or run tests with every change',
    shows:
      /\b(?:where (?:is|are) the tests?|and (?:the )?tests\?|add (?:a )?tests?(?: too| for (?:it|that|this))|no tests?\?|without tests|(?:forgot|missing) (?:the )?tests?|did you (?:run|write|add) (?:the )?tests?|test (?:it|that|this) first)\b/i,
  },
  {
    rule: 'Ask before making larger changes',
    shows:
      /\b(?:ask (?:me )?(?:first|before)|(?:didn['’]t|did not) ask (?:for|you)|check with me|don['’]t (?:just )?do (?:it|that) without asking|I didn['’]t ask|not what I asked|only (?:do )?what I asked)\b/i,
  },
  {
    rule: 'Leave comments out of code',
    shows:
      /\b(?:no comments|fewer comments|(?:remove|drop|without) (?:the |all )?comments|comments? (?:are|is) noise|too many comments)\b/i,
  },
  {
    rule: 'Use named exports, no default exports',
    shows: /\b(?:named exports?|default[- ]exports?|export default|export (?:function|const|class))\b|^named\b/i,
    unless: /\b(?:default exports? (?:is|are) (?:fine|ok|okay|allowed|better)|use (?:a )?default exports?|prefer default)\b/i,
  },
  {
    rule: 'Leave out emojis',
    shows: /\b(?:no emojis?|(?:remove|drop|without) (?:the )?emojis?)\b/i,
  },
  {
    rule: 'Use types everywhere, without `any`',
    shows: /\b(?:no any\b|not? `?any`?|type it properly|add (?:the )?types|missing types|untyped|strict types)\b/i,
    unless: /\bany (?:more|idea|other|new|package|library|dependency)\b/i,
  },
  {
    rule: 'Check that it works without a mouse and with a screen reader',
    shows: /\b(?:accessib\w+|a11y|aria|screen ?reader|keyboard (?:only|navigation))\b/i,
  },
  {
    rule: 'Show the diff or the plan before applying it',
    shows: /\b(?:show (?:me )?(?:the )?(?:diff|plan) first|plan first|diff first|dry[- ]run first|before you (?:apply|change|edit))\b/i,
  },
];
