// Which words name the same property of a thing: general English, so that "listens on", "exposes" and "port" meet in one slot.
import { stemmer } from 'stemmer';

const families: Record<string, string> = {
  port: 'port listen listens exposes bind binds',
  deploy: 'deploy deploys deployed deployment deployments deploying hosting hosted host hosts ship ships shipped rollout',
  test: 'test tests testing tested spec specs',
  build: 'build builds building built compile compiles compiled',
  format: 'format formats formatting formatter formatted prettify',
  lint: 'lint linting linter lints linted',
  region: 'region zone datacenter',
  version: 'version versions release-line',
  indent: 'indent indents indentation indented indenting',
  command: 'command invocation run runs running execute executes',
  deadline: 'deadline due',
  owner: 'owner owns owned owning maintainer maintains maintained responsible',
  review: 'review reviews reviewer reviewers reviewed reviewing',
  home: 'home live lives living lived reside resides residence hometown based',
  job: 'job profession occupation career work works working worked employed employer',
  name: 'name named called',
  prefer: 'prefer prefers preferred preference preferences like likes favourite favorite want wants wanted',
  answer: 'answer answers reply replies respond response responses',
  limit: 'limit limits quota quotas cap capped throttle throttled',
  database: 'database databases db',
  repository: 'repository repo repositories repos',
  directory: 'directory folder dir directories folders',
  config: 'config configuration configured settings setting',
  secret: 'secret secrets credential credentials creds',
  editor: 'editor ide',
  log: 'log logs logging logger logged',
  package: 'package packages dependency dependencies',
  announce: 'announce announces announced announcement announcements',
  publish: 'publish publishes published publishing release releases released releasing',
  schedule: 'schedule scheduled happens takes-place',
  price: 'price cost costs priced',
  marry: 'married marry spouse husband wife',
  language: 'language languages',
  write: 'write writes written wrote writing',
  retention: 'retention retain retains retained keep keeps kept',
  user: 'user users',
  staging: 'staging stage',
  production: 'production prod live-site',
};

const conceptOf = new Map<string, string>();
for (const [concept, words] of Object.entries(families)) {
  for (const word of words.split(' ')) if (!conceptOf.has(stemmer(word))) conceptOf.set(stemmer(word), stemmer(concept));
}

/** The term that stands for a stemmed term's family; the term itself when it belongs to none. */
export function concept(term: string): string {
  return conceptOf.get(term) ?? term;
}
