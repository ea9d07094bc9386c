// Questions that choices at work turn on, whatever the work: each has two sides, told by everyday words.

export interface Side {
  /** As it stands after "chooses". */
  name: string;
  shows: RegExp;
}

export interface Leaning {
  one: Side;
  other: Side;
}

export const leanings: readonly Leaning[] = [
  {
    one: {
      name: 'what is there already, built in or written by hand,',
      shows:
        /\b(?:already|existing|in place|on hand|at hand|built[- ]?in|native|vanilla|plain|standard library|std ?lib|by hand|hand-?written|(?:our|its|your) own|which is there|(?:we|you|i) have|own code|few lines|\w+ lines)\b/i,
    },
    other: {
      name: 'a new dependency or package',
      shows:
        /\b(?:(?:add|adds|adding|install|installs|installed|installing|pull(?:ing)? in|bring(?:ing)? in|introduc\w+|import) (?!it\b|them\b)\S+|new (?:\w+ )?(?:dependenc\w+|packages?|librar\w+|modules?|tools?|frameworks?)|dependenc\w+|packages?|librar(?:y|ies)(?<!standard library)|third[- ]party|frameworks?|plugins?|sdk)\b/i,
    },
  },
  {
    one: {
      name: 'to go back to the previous version (roll back)',
      shows:
        /\b(?:roll(?:ing|s)?[ -]?back|revert\w*|return to|go(?:ing)? back|back to|put .{1,30} back|restor\w+|undo|previous|earlier|last good)\b/i,
    },
    other: {
      name: 'to patch or fix forward',
      shows: /\b(?:hot-?fix\w*|patch\w*|fix\w*|guard|work ?around|mitigat\w+|disabl\w+|adjust\w*|correct\w*|repair\w*|forward|tweak\w*)\b/i,
    },
  },
  {
    one: {
      name: 'the small and simple way',
      shows: /\b(?:simple|simpler|simplest|small|smaller|minimal|lightweight|quick|bare|basic|one-?liner|single)\b/i,
    },
    other: {
      name: 'the large or thorough one',
      shows: /\b(?:full|complete|comprehensive|thorough|rewrite|redesign|refactor\w*|elaborate|whole|general|flexible|extensible)\b/i,
    },
  },
  {
    one: {
      name: 'the cheap way',
      shows: /\b(?:cheap\w*|free|save[sd]?|saving|low(?:er)?[ -]cost|budget|second[- ]?hand|used|borrow\w*|no cost)\b/i,
    },
    other: {
      name: 'the expensive one',
      shows: /\b(?:expensive|premium|paid|pricey|costl\w+|top of the range|brand new|subscription|licen[cs]e fee)\b/i,
    },
  },
  {
    one: {
      name: 'to keep it on own machines',
      shows: /\b(?:self-?host\w*|locally|local|on-?prem\w*|own (?:server|machine|hardware|box)|in-?house|offline)\b/i,
    },
    other: { name: 'a hosted service', shows: /\b(?:hosted|managed|cloud|saas|hosting|external service|vendor)\b/i },
  },
  {
    one: {
      name: 'to wait or go step by step',
      shows:
        /\b(?:wait\w*|later|tomorrow|gradual\w*|staged|canary|step by step|incremental\w*|phase\w*|dry[- ]run|first in staging|postpone\w*)\b/i,
    },
    other: {
      name: 'to do it at once',
      shows: /\b(?:now|at once|immediately|right away|straight away|directly|big bang|in one go|today)\b/i,
    },
  },
  {
    one: { name: 'to do it by hand', shows: /\b(?:by hand|manual\w*|yourself|in person|ourselves)\b/i },
    other: { name: 'to have it automated', shows: /\b(?:automat\w+|scheduled?|cron\w*|bot|scripted|generated?)\b/i },
  },
];
