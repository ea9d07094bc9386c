// What kind of thing a well-known name is ("Postgres": a database): general knowledge that says which statements without a label speak of the same slot.
import { remembered } from './remembered.ts';

/** Kinds of which a project normally has one at a time: naming another one, without a purpose of its own, replaces it. */
const exclusive = new Set([
  'JavaScript package manager',
  'Python package manager',
  'hosting',
  'editor',
  'JavaScript logging library',
  'Python logging library',
  'JVM logging library',
  'secret store',
  'JavaScript formatter',
  'Python formatter',
  'issue tracker',
  'version control host',
  'ci',
]);

const names: Record<string, string> = {
  database:
    'postgres postgresql mysql mariadb sqlite mongodb mongo cockroachdb cockroach cassandra dynamodb oracle mssql couchdb clickhouse duckdb neo4j redshift bigquery snowflake firestore supabase planetscale timescaledb influxdb aurora yugabytedb tidb scylladb spanner firebird db2 rethinkdb surrealdb libsql turso neon vitess',
  cache: 'redis memcached valkey dragonfly keydb hazelcast varnish',
  queue: 'rabbitmq kafka sqs nats celery sidekiq bullmq pulsar zeromq activemq resque temporal',
  'JavaScript package manager': 'npm pnpm yarn',
  'Python package manager': 'pip pipenv poetry pdm uv conda mamba rye hatch',
  'package manager':
    'cargo maven gradle bundler composer cocoapods homebrew nuget sbt leiningen cabal stack mix opam conan vcpkg apt dnf pacman nix',
  hosting:
    'heroku fly.io vercel netlify render.com railway digitalocean linode hetzner aws gcp azure cloudflare ovh scaleway ovhcloud openshift dokku firebase vultr kubernetes ecs eks gke nomad render cloudrun lambda',
  editor:
    'vim neovim nvim emacs vscode intellij pycharm webstorm goland rider clion phpstorm rubymine sublime atom nano helix kakoune zed eclipse netbeans xcode textmate cursor notepad++ fleet',
  'JavaScript logging library': 'winston pino bunyan morgan log4js',
  'Python logging library': 'structlog loguru',
  'JVM logging library': 'log4j log4j2 logback slf4j',
  'logging library': 'zap zerolog logrus serilog nlog monolog spdlog glog',
  'secret store': 'vault doppler 1password bitwarden infisical lastpass keepass sops akeyless',
  'JavaScript formatter': 'prettier biome dprint oxfmt standardjs',
  'Python formatter': 'black yapf autopep8',
  formatter: 'gofmt rustfmt clang-format ktlint',
  linter: 'eslint pylint flake8 ruff rubocop golangci-lint clippy oxlint tslint stylelint shellcheck checkstyle detekt sonarqube hadolint',
  'test runner':
    'jest vitest mocha pytest unittest junit rspec minitest phpunit ava jasmine cypress playwright selenium testng kotest ctest nunit xunit tox nox puppeteer',
  shell: 'bash zsh fish powershell pwsh nushell dash ksh tcsh',
  'issue tracker': 'jira linear trello asana redmine bugzilla youtrack shortcut clickup notion basecamp monday.com',
  'version control host': 'github gitlab bitbucket gitea forgejo codeberg sourcehut azuredevops',
  ci: 'jenkins circleci travis teamcity buildkite drone bamboo concourse argocd tekton woodpecker codebuild',
  framework:
    'react vue angular svelte solidjs nextjs nuxt remix astro django flask fastapi rails laravel spring express koa fastify nestjs hono phoenix symfony gin echo fiber actix axum rocket tailwind bootstrap',
  language:
    'python javascript typescript java kotlin scala go golang rust ruby php perl swift c c++ c# f# haskell elixir erlang clojure lua r julia dart ocaml zig nim groovy',
  runtime: 'node nodejs node.js deno bun jvm jdk openjdk dotnet .net graalvm',
  monitoring:
    'sentry datadog grafana prometheus newrelic honeycomb splunk kibana elk rollbar bugsnag loki jaeger nagios zabbix pagerduty opsgenie',
  chat: 'slack discord teams mattermost zulip telegram whatsapp signal',
  'operating system': 'ubuntu debian fedora macos windows linux archlinux centos alpine freebsd rhel nixos',
};

const kinds = new Map<string, string>();
for (const [kind, list] of Object.entries(names)) for (const name of list.split(' ')) if (!kinds.has(name)) kinds.set(name, kind);

/** Names of more than one word, as they are written. */
const phrases: [RegExp, string][] = [
  [/\bvs ?code\b|\bvisual studio(?: code)?\b|\bsublime text\b/i, 'editor'],
  [/\b(?:secrets? manager|key ?vault|parameter store|key ?chain)\b/i, 'secret store'],
  [/\bsql ?server\b/i, 'database'],
  [/\b(?:google cloud|cloud run|app engine|elastic beanstalk|bare metal)\b/i, 'hosting'],
  [/\b(?:github actions|gitlab ci|azure pipelines)\b/i, 'ci'],
];

/** Cloud regions are built alike ("eu-west-1", "europe-west4", "northeurope-2"). */
const regionShape =
  /^(?:[a-z]{2}(?:-gov|-iso[a-z]?)?-(?:north|south|east|west|central)(?:north|south|east|west|central)?-\d|(?:us|europe|asia|australia|africa|me|northamerica|southamerica)-(?:north|south|east|west|central)(?:east|west)?\d{1,2})[a-z]?$/;

/** The kind of a well-known name; '' when it is none. Case matters not. */
export const kindOfThing: (value: string) => string = remembered((value) => {
  const bare = value
    .toLowerCase()
    .replace(/[`"'*()]/g, '')
    .trim();
  if (regionShape.test(bare)) return 'region';
  const direct = kinds.get(bare);
  if (direct !== undefined) return direct;
  for (const [phrase, kind] of phrases) if (phrase.test(bare)) return kind;
  const first = /^([a-z][a-z.+#]*[a-z+#])(?:[ -]?v?\d[\d.]*)?$/.exec(bare)?.[1];
  return first === undefined ? '' : (kinds.get(first) ?? '');
});

/** Its kind without the language beside: of package managers one replaces the other, whatever they install. */
export function kindFamily(value: string): string {
  return kindOfThing(value).split(' ').slice(-2).join(' ');
}

export function isExclusive(kind: string): boolean {
  return kind === 'region' || exclusive.has(kind);
}

/** Names that are everyday words or too short to be told from them count only where they are capitalised or the value. */
export function isEverydayWord(name: string): boolean {
  return everyday.has(name.toLowerCase());
}

export interface NamedThing {
  name: string;
  kind: string;
}

/** Every well-known name in a list of terms, in order, once each. Names that are also everyday words count only where they are the value. */
export function thingsIn(terms: readonly string[]): NamedThing[] {
  const found: NamedThing[] = [];
  for (const term of terms) {
    if (everyday.has(term)) continue;
    const kind = regionShape.test(term) ? 'region' : kinds.get(term);
    if (kind !== undefined && !found.some((thing) => thing.name === term)) found.push({ name: term, kind });
  }
  return found;
}

const everyday = new Set(
  'c r go pip nix mix ava nox tox gin nats glog nano apt sbt elk lua dart perl swift ksh dash stack ecs eks gke d1 go echo express spring rocket stack mix black fish dash atom fleet signal teams temporal render railway neon shortcut oracle vault linear notion aurora gin fiber zap drone bamboo windows swift java conan nano stack helix cursor rider'.split(
    ' ',
  ),
);
