import { expect, it } from 'vitest';
import { assertTemporalVersion } from '../../client/temporal-server.ts';
import { assertServerVersion } from '../../db/fitness.ts';

it('refuses a PostgreSQL that is too old, with its version and the remedy', () => {
  expect(() => assertServerVersion(140_011, '14.11')).toThrow('The database is PostgreSQL 14.11; open-dreams needs 15 or newer.');
  expect(() => assertServerVersion(150_000, '15.0')).not.toThrow();
});

it('refuses a Temporal server that is too old, with its address and version', () => {
  expect(() => assertTemporalVersion('1.24.9', '127.0.0.1:7233')).toThrow(
    /server at 127\.0\.0\.1:7233 is version 1\.24\.9; open-dreams needs 1\.\d+/,
  );
  expect(() => assertTemporalVersion('2.0.0', '127.0.0.1:7233')).not.toThrow();
  expect(() => assertTemporalVersion('cloud', '127.0.0.1:7233')).not.toThrow();
});
