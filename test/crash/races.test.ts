/** Two who write to one store at the same moment: what stands afterwards is what one of the two orders gives. */
import { Client, Connection } from '@temporalio/client';
import { describe, expect, inject, it } from 'vitest';
import type { Meeting, RaceSetting } from './race-run.ts';
import { raceDreams, raceWithEdit } from './race-run.ts';
import type { Race } from './race-scenario.ts';
import { races, seedTwoDreams, seedUpdate } from './race-scenario.ts';
import { plan, record } from './results.ts';
import type { Rows } from './rows.ts';
import { differences } from './rows.ts';
import { testServers } from './test-servers.ts';

const client = new Client({ connection: await Connection.connect({ address: inject('temporalAddress') }) });
const servers = testServers();
const bundlePath = inject('bundlePath');
const timeout = 600_000;
const roundsAtOnce = 3;

type Run = (setting: RaceSetting) => Promise<Rows>;

const kinds: { who: string; prepare: (race: Race) => Promise<Run> }[] = [
  {
    who: 'two dreams over one alias that change',
    prepare: async (race) => {
      const pair = await seedTwoDreams(servers, race);
      return (setting) => raceDreams(setting, pair);
    },
  },
  {
    who: 'a dream that updates a store and an edit by hand of',
    prepare: async (race) => {
      const seeded = await seedUpdate(servers);
      return (setting) => raceWithEdit(setting, seeded, race);
    },
  },
];
plan('race', kinds.length * races.length);

describe.for(kinds)('$who', ({ who, prepare }) => {
  it.for(races)('$what leave what one of the two orders leaves', { timeout }, async (race) => {
    const run = await prepare(race);
    const play = (meeting: Meeting, reversed: boolean) => run({ client, servers, bundlePath, meeting, reversed });
    const inOrder = await play('one after the other', false);
    const reversed = await play('one after the other', true);
    // Else nothing below would tell one order from the other.
    expect(differences(inOrder, reversed)).not.toEqual([]);

    const left: string[][] = [];
    try {
      left.push(differences(inOrder, await play('while the first one commits', false)));
      left.push(differences(reversed, await play('while the first one commits', true)));
      for (let round = 0; round < roundsAtOnce; round++) {
        const rows = await play('at once', round % 2 === 1);
        const both = [differences(inOrder, rows), differences(reversed, rows)];
        left.push(both.find((found) => found.length === 0) ?? both.flat());
      }
    } finally {
      // A round that came to no end is one that is not serial.
      const serial = left.filter((found) => found.length === 0).length;
      record({ kind: 'race', what: `${who} ${race.what}`, rounds: 2 + roundsAtOnce, serial });
    }
    expect(left.filter((found) => found.length > 0)).toEqual([]);
  });
});
