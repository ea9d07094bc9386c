/** How to reach a Temporal server: Temporal's own environment configuration for foreign ones, nothing but the address for ours. */
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { DreamsError } from '../domain/errors.ts';

export interface TemporalSettings {
  address: string;
  namespace: string;
  /** Address, TLS, API key and headers; clients and workers take the same ones. */
  connectionOptions: ClientConnectConfig['connectionOptions'];
}

/** The server that Temporal's variables or profile name, with namespace, TLS and API key. */
export function temporalConnection(): TemporalSettings {
  let config: ClientConnectConfig;
  try {
    config = loadClientConnectConfig();
  } catch (cause) {
    throw new DreamsError('invalid_input', `Temporal's environment configuration cannot be read: ${(cause as Error).message}`, {
      hint: 'Check the TEMPORAL_ variables and the file that TEMPORAL_CONFIG_FILE names.',
      cause,
    });
  }
  // What the configuration leaves open is undefined there, which the clients take for a value.
  const given: ClientConnectConfig['connectionOptions'] = Object.fromEntries(
    Object.entries(config.connectionOptions).filter(([, value]) => value !== undefined),
  );
  const address = given.address ?? '127.0.0.1:7233';
  return { address, namespace: config.namespace ?? 'default', connectionOptions: { ...given, address } };
}

/** A server on this machine that `dreams up` started: no TLS, no key, whatever the user's profile says about others. */
export function localTemporalSettings(address: string, namespace: string): TemporalSettings {
  return { address, namespace, connectionOptions: { address } };
}
