// Kinds of trouble that software work knows, by the words of their messages: the same trouble is told in many ways.

export interface FailureKind {
  /** The trouble as a reader would name it, a clause. */
  trouble: string;
  shows: RegExp;
  /** Words of what is usually done about it; they tell a remedy from other talk. */
  remedy: RegExp;
  /** The remedy as an order, when the sessions name none that can be quoted. */
  advice: string;
}

export const failureKinds: readonly FailureKind[] = [
  {
    trouble: 'The disk runs full',
    advice: 'free disk space, for instance by removing old images and caches, and run again',
    shows:
      /\b(?:no space left|disk (?:is |was )?(?:full|quota|space)|out of (?:disk|space|storage)|(?:disk|volume|drive|storage|partition|runner|agent|device|machine|cache)\b.{0,30}\b(?:full|100 ?%|9\d ?%)|ENOSPC|(?:errno|oserror) 28|\/dev\/\w+ +(?:100|9\d)%|quota exceeded)\b/i,
    remedy: /\b(?:prun\w*|clean\w*|delet\w*|remov\w*|free[ds]?|images?|docker system|old images?|disk|space)\b/i,
  },
  {
    trouble: 'The login or token expires',
    advice: 'log in again, then retry',
    shows:
      /\b(?:401|403 forbidden|unauthori[sz]ed|unauthenticated|authentication required|login required|log ?in again|token (?:has |is |had )?(?:expired|ran out|invalid)|expired token|(?:token|session|credentials?|login|certificate|access)\b.{0,30}\b(?:expired?|ran out|stale|lapsed)|re-?authenticat\w*|logged in (?:once more|again)|refresh(?:ed)? the (?:login|token|session)|denied: your auth\w*)\b/i,
    remedy: /\b(?:log(?:ged|ging)? ?in|login|re-?authenticat\w*|refresh\w*|renew\w*|token|sign(?:ed)? in)\b/i,
  },
  {
    trouble: 'Memory runs out',
    advice: 'raise the memory limit or split the work',
    shows: /\b(?:out of memory|OOM(?:Killed)?|heap (?:limit|out)|ENOMEM|exit(?:ed)? (?:code )?137|killed \(memory\)|MemoryError)\b/i,
    remedy: /\b(?:memory|heap|max-old-space-size|limit|swap|batch)\b/i,
  },
  {
    trouble: 'The port is already in use',
    advice: 'stop the process that holds the port, then start again',
    shows: /\b(?:EADDRINUSE|address already in use|port (?:\d+ )?(?:is )?(?:already )?(?:in use|taken|occupied))\b/i,
    remedy: /\b(?:kill\w*|stop\w*|lsof|port|other process)\b/i,
  },
  {
    trouble: 'The connection fails or times out',
    advice: 'check the network or VPN, then retry',
    shows:
      /\b(?:ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|connection (?:refused|reset|timed out)|could not resolve host|network is unreachable|gateway timeout|50[234] (?:bad gateway|service unavailable|gateway))\b/i,
    remedy: /\b(?:vpn|network|proxy|retry|retried|restart\w*|reconnect\w*|dns)\b/i,
  },
  {
    trouble: 'The rate limit is hit',
    advice: 'wait or slow down before retrying',
    shows: /\b(?:429|too many requests|rate limit(?:ed)? (?:exceeded|hit|reached))\b/i,
    remedy: /\b(?:wait\w*|back ?off|slow\w*|throttl\w*|retry)\b/i,
  },
  {
    trouble: 'Rights are missing',
    advice: 'fix the owner or mode of the files, then run again',
    shows: /\b(?:EACCES|EPERM|permission denied|operation not permitted)\b/i,
    remedy: /\b(?:chmod|chown|sudo|permission\w*|owner)\b/i,
  },
  {
    trouble: 'Installed packages and lockfile do not match',
    advice: 'install again from the lockfile',
    shows:
      /\b(?:lock ?file (?:is )?(?:out of (?:date|sync)|not up to date|mismatch)|frozen-lockfile|cannot find module|module ?not ?found(?:error)?|no module named|package .{1,40} not installed)\b/i,
    remedy: /\b(?:install\w*|npm ci|lock ?file|sync\w*|reinstall\w*)\b/i,
  },
  {
    trouble: 'A migration is missing',
    advice: 'run the migrations, then retry',
    shows: /\b(?:relation .{1,60} does not exist|no such table|pending migrations?|unapplied migrations?|column .{1,60} does not exist)\b/i,
    remedy: /\b(?:migrat\w*)\b/i,
  },
  {
    trouble: 'A merge conflicts',
    advice: 'rebase before pushing',
    shows: /\b(?:merge conflict|CONFLICT \(content\)|non-fast-forward|failed to push some refs|fetch first)\b/i,
    remedy: /\b(?:rebas\w*|pull\w*|merg\w*|resolv\w*)\b/i,
  },
];
