import { defineConfig } from 'vitest/config';

/** Two projects: `unit` answers in seconds and needs nothing, `server` runs against a real Temporal server and a real PostgreSQL. */
const needServers = [
  'test/crash/**',
  'test/db/**',
  'test/activities/**',
  'test/dream/**',
  'test/cli/**',
  'test/client/**',
  'test/temporal-dev/**',
  'test/package/**',
  'test/evals/**',
  'test/changing-a-workflow/**',
];

/** They need no server but start workers or replay by the hundred: nothing for `npm run check`. */
const takeLong = ['test/replay/edited.test.ts', 'test/replay/replay-process.test.ts'];

/** Minutes of kills, for `npm run test:crash`; what begins with "quick" is in `npm test`. */
const wholeMatrix = ['test/crash/!(quick*).test.ts'];

const globalSetup = ['test/support/global-setup.ts', 'test/crash/global-setup.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...needServers, ...takeLong], testTimeout: 30_000 } },
      {
        test: {
          name: 'server',
          include: [...needServers.map((folder) => folder.replace('/**', '/**/*.test.ts')), ...takeLong],
          exclude: wholeMatrix,
          setupFiles: ['test/support/end-of-file.ts'],
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          globalSetup,
          // A kill takes 8 s on a quiet machine, minutes on a crowded one.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Each kill has two processes of its own: two at once keep two cores busy.
          fileParallelism: false,
          maxConcurrency: 2,
        },
      },
    ],
  },
});
