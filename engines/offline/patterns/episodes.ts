// The same failure with the same cause: what the agent found, in sessions that a failing tool or a report of the user opened. Words that
// several such episodes share and other talk lacks; no list of kinds of failures.
import type { CandidateFact } from '../../../domain/fact.ts';
import { aside } from '../extract/asides.ts';
import { quoteOf } from './corrections.ts';
import type { Recurrence } from './mine-patterns.ts';
import { isMark, tokensOf } from './tokens.ts';
import { runsOf, wordingsOf } from './wordings.ts';

const fewestSessions = 3;
/** Failures and what the user says of them stand within so many events of the diagnosis. */
const near = 3;
const mostShare = 0.5;
/** Of the sessions that have a word at all, so many have it in such an episode. */
const specific = 0.6;
const mostClusters = 4;
const longestShown = 300;
const explaining =
  /\b(?:because|so|since|hence|therefore|due to|caused?|same|out of|no longer|too (?:many|much)|still|already|never|without|lost)\b/i;
/** Agent or user notices that it was so before. */
const noticed =
  /\b(?:again|once more|as before|as last time|(?:second|third|fourth|fifth) time|every time|each time|always|same (?:\p{L}+ )?(?:cause|reason|shape|failure|error|problem|issue|story|thing|fault|sort|kind|as (?:in|on|last|before))|comes? back|back again|recurr\p{L}+|keeps? \p{L}+ing)\b/iu;

interface Episode {
  sessionId: string;
  diagnosis: CandidateFact;
  facts: CandidateFact[];
  /** What agent and user say, and what the tool shows. */
  spoken: Set<string>;
  tokens: Set<string>;
  noticed: boolean;
  /** A tool shows the failure. */
  shown: boolean;
}

export function episodePatterns(facts: readonly CandidateFact[], sessions: number): Recurrence[] {
  const episodes = withoutBoilerplate(episodesOf(facts));
  if (!episodes.some((episode) => episode.noticed) || !episodes.some((episode) => episode.shown)) return [];
  const inEpisodes = new Set(episodes.flatMap((episode) => episode.facts));
  const byToken = new Map<string, Episode[]>();
  for (const episode of episodes) for (const token of episode.tokens) byToken.set(token, [...(byToken.get(token) ?? []), episode]);
  const recurring = new Map([...byToken].filter(([, held]) => sessionsOf(held).size >= fewestSessions));
  if (recurring.size === 0) return [];
  const elsewhere = new Map<string, Set<string>>();
  for (const fact of facts)
    if (!inEpisodes.has(fact))
      for (const token of tokensOf(fact)) elsewhere.set(token, (elsewhere.get(token) ?? new Set()).add(fact.sessionId));
  const mostSessions = Math.max(fewestSessions + 1, sessions * mostShare);
  const telling = [...recurring]
    .filter(([token, held]) => {
      const own = sessionsOf(held);
      const others = [...(elsewhere.get(token) ?? [])].filter((id) => !own.has(id)).length;
      return own.size <= mostSessions && own.size / (own.size + others) >= specific;
    })
    .map(([token]) => token)
    .sort();
  return clustersOf(telling, byToken).slice(0, mostClusters).map(recurrenceOf);
}

function episodesOf(facts: readonly CandidateFact[]): Episode[] {
  const bySession = new Map<string, CandidateFact[]>();
  for (const fact of facts) {
    const own = bySession.get(fact.sessionId);
    if (own === undefined) bySession.set(fact.sessionId, [fact]);
    else own.push(fact);
  }
  return [...bySession].flatMap(([sessionId, own]) =>
    own
      .filter((fact) => fact.attribute === 'diagnosis')
      .map((diagnosis): Episode => {
        const around = own.filter(
          (fact) =>
            Math.abs(diagnosis.eventNumber - fact.eventNumber) <= near &&
            (fact.eventNumber <= diagnosis.eventNumber || fact.eventNumber === diagnosis.eventNumber + 1) &&
            (fact.signal === 'failure' || fact.signal === 'remedy' || fact.attribute === aside) &&
            fact.attribute !== 'diagnosis',
        );
        const said = [diagnosis, ...around.filter(({ origin }) => origin === 'user')];
        const spoken = new Set(said.flatMap((fact) => [...tokensOf(fact)]));
        return {
          sessionId,
          diagnosis,
          facts: [diagnosis, ...around],
          spoken,
          tokens: new Set([...spoken, ...around.flatMap((fact) => [...tokensOf(fact)])]),
          shown: around.some((fact) => fact.origin === 'tool' && fact.signal === 'failure'),
          noticed: said.some((fact) => noticed.test(quoteOf(fact))),
        };
      }),
  );
}

/** An agent that words its reports alike whatever the trouble finds the same cause everywhere. */
function withoutBoilerplate(episodes: readonly Episode[]): Episode[] {
  const inSessions = new Map<string, Set<string>>();
  for (const { diagnosis, sessionId } of episodes)
    for (const run of runsOf(quoteOf(diagnosis))) inSessions.set(run, (inSessions.get(run) ?? new Set()).add(sessionId));
  return episodes.filter(({ diagnosis }) => {
    const runs = runsOf(quoteOf(diagnosis));
    return runs.filter((run) => (inSessions.get(run)?.size ?? 0) > 1).length < 0.5 * runs.length;
  });
}

interface Cluster {
  tokens: string[];
  episodes: Episode[];
}

/** Two words or more that keep company in what is said of the failures, a flag or piece of code alone; and somebody noticed. */
function clustersOf(telling: readonly string[], byToken: ReadonlyMap<string, Episode[]>): Cluster[] {
  const free = new Set(telling);
  const held = (token: string): Episode[] => byToken.get(token) ?? [];
  const found: Cluster[] = [];
  for (const token of [...telling].sort((a, b) => sessionsOf(held(b)).size - sessionsOf(held(a)).size || (a < b ? -1 : 1))) {
    if (!free.has(token)) continue;
    const own = held(token);
    const company = telling.filter(
      (other) =>
        other !== token && free.has(other) && sessionsOf(own.filter((episode) => episode.tokens.has(other))).size >= fewestSessions,
    );
    const tokens = [token, ...company];
    const episodes = own.filter((episode) => isMark(token) || tokens.filter((one) => episode.spoken.has(one)).length >= 2);
    if (
      sessionsOf(episodes).size < fewestSessions ||
      wordingsOf(episodes.map(({ diagnosis }) => quoteOf(diagnosis))) < fewestSessions ||
      !episodes.some((episode) => episode.noticed) ||
      !episodes.some((episode) => episode.shown)
    )
      continue;
    for (const one of tokens) free.delete(one);
    found.push({ tokens, episodes });
  }
  return found;
}

function recurrenceOf({ tokens, episodes }: Cluster): Recurrence {
  const clarity = ({ diagnosis }: Episode): number => {
    const quote = quoteOf(diagnosis);
    return (
      2 * tokens.filter((token) => tokensOf(diagnosis).has(token)).length +
      (explaining.test(quote) ? 2 : 0) -
      Math.max(0, quote.length - 200) / 100
    );
  };
  const [best] = [...episodes].sort((a, b) => clarity(b) - clarity(a) || (quoteOf(a.diagnosis) < quoteOf(b.diagnosis) ? -1 : 1));
  const said = best === undefined ? '' : clipped(quoteOf(best.diagnosis));
  return {
    rule: `The same failure comes back, with the same cause: ${said}`,
    shown: 'seen',
    facts: episodes.map(({ diagnosis }) => diagnosis),
  };
}

function clipped(quote: string): string {
  const plain = quote.replace(/\*\*/g, '').replace(/\s+/g, ' ').trim();
  const cut = plain.length <= longestShown ? plain : `${plain.slice(0, plain.lastIndexOf(' ', longestShown))} …`;
  return cut.replace(/[.:]+$/, '');
}

function sessionsOf(episodes: readonly Episode[]): Set<string> {
  return new Set(episodes.map(({ sessionId }) => sessionId));
}
