import { defineConfig } from 'vitest/config';

/** Two projects: `unit` answers in seconds and needs nothing, `server` runs against a real Temporal server and a real PostgreSQL. */
const needServers = [
  'test/db/**',
  'test/activities/**',
  'test/dream/**',
  'test/cli/**',
  'test/client/**',
  'test/temporal-dev/**',
  'test/package/**',
  'test/evals/**',
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: needServers, testTimeout: 30_000 } },
      {
        test: {
          name: 'server',
          include: needServers.map((folder) => folder.replace('/**', '/**/*.test.ts')),
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
