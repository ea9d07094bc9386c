/** A connection to a Temporal server that can run dreams: reached, of a version that will do, with namespace and search attributes. */
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import type { TemporalSettings } from '../config/temporal.ts';
import { DreamsError, isDreamsError } from '../domain/errors.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';

export interface TemporalServer {
  client: Client;
  connection: Connection;
  close(): Promise<void>;
}

/** The first server that keeps a run's summary and details and finds a run that is started twice. */
const minVersion = [1, 25] as const;
const connectWithinMs = 5_000;

/** gRPC's numbers for the answers that we tell apart. */
const grpc = { deadlineExceeded: 4, notFound: 5, alreadyExists: 6, permissionDenied: 7, unimplemented: 12, unauthenticated: 16 };

export interface ConnectOptions {
  /** Registers search attributes that are missing instead of refusing the server. */
  register?: boolean;
  withinMs?: number;
}

export async function connectTemporal(settings: TemporalSettings, options: ConnectOptions = {}): Promise<TemporalServer> {
  const { address, apiKey, tls, metadata } = settings.connectionOptions;
  let connection: Connection;
  try {
    connection = await Connection.connect({
      address: address ?? settings.address,
      connectTimeout: options.withinMs ?? connectWithinMs,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(tls === undefined ? {} : { tls }),
      ...(metadata === undefined ? {} : { metadata }),
    });
  } catch (cause) {
    throw unreachable(settings, cause);
  }
  try {
    await connection.withDeadline(Date.now() + connectWithinMs * 2, async () => {
      await assertVersion(connection, settings);
      await assertNamespace(connection, settings);
      await assertSearchAttributes(connection, settings, options.register === true);
    });
  } catch (error) {
    await connection.close();
    throw isDreamsError(error) ? error : unreachable(settings, error);
  }
  return { client: new Client({ connection, namespace: settings.namespace }), connection, close: () => connection.close() };
}

function unreachable({ address }: TemporalSettings, cause: unknown): DreamsError {
  if (isGrpcServiceError(cause) && ((cause.code as number) === grpc.unauthenticated || (cause.code as number) === grpc.permissionDenied)) {
    return new DreamsError('temporal_unfit', `The Temporal server at ${address} does not accept these credentials.`, {
      hint: 'Check TEMPORAL_API_KEY, the TEMPORAL_TLS_ variables, or the profile that TEMPORAL_PROFILE names.',
      cause,
    });
  }
  return new DreamsError('temporal_unreachable', `No Temporal server answers at ${address}.`, {
    hint: 'Start one with "dreams up", or set TEMPORAL_ADDRESS to one that runs.',
    cause,
  });
}

async function assertVersion(connection: Connection, { address }: TemporalSettings): Promise<void> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  assertTemporalVersion(serverVersion ?? '', address);
}

/** A server that does not say its version as numbers (a cloud's) is taken at its word. */
export function assertTemporalVersion(serverVersion: string, address: string): void {
  const [major, minor] = serverVersion.split('.').map(Number);
  if (major === undefined || minor === undefined || Number.isNaN(major) || Number.isNaN(minor)) return;
  if (major > minVersion[0] || (major === minVersion[0] && minor >= minVersion[1])) return;
  throw new DreamsError(
    'temporal_unfit',
    `The Temporal server at ${address} is version ${serverVersion}; open-dreams needs ${minVersion.join('.')} or newer.`,
    {
      hint: 'Upgrade it, or unset TEMPORAL_ADDRESS and let "dreams up" start one.',
    },
  );
}

async function assertNamespace(connection: Connection, { address, namespace }: TemporalSettings): Promise<void> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (!isGrpcServiceError(error) || (error.code as number) !== grpc.notFound) throw error;
    throw new DreamsError('temporal_unfit', `The Temporal server at ${address} has no namespace "${namespace}".`, {
      hint: `Set TEMPORAL_NAMESPACE to one that it has, or create it: temporal operator namespace create ${namespace}`,
      cause: error,
    });
  }
}

/** A server that does not know them refuses every start. */
async function assertSearchAttributes(connection: Connection, { address, namespace }: TemporalSettings, register: boolean): Promise<void> {
  const known = await listSearchAttributes(connection, namespace);
  if (known === undefined) return;
  const missing = searchAttributes.filter((attribute) => known[attribute.name] === undefined);
  if (missing.length === 0) return;
  if (register) await registerSearchAttributes(connection, namespace, missing);
  else {
    throw new DreamsError(
      'temporal_unfit',
      `The Temporal server at ${address} does not know the search attributes ${missing.map(({ name }) => name).join(', ')} in namespace "${namespace}".`,
      {
        hint: 'Run "dreams up" once with the same TEMPORAL_ADDRESS: it registers them.',
      },
    );
  }
}

/** undefined where the operator's service is closed to us (Temporal Cloud): the start will say then what is missing. */
async function listSearchAttributes(connection: Connection, namespace: string): Promise<Record<string, unknown> | undefined> {
  try {
    return (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes ?? {};
  } catch (error) {
    if (isGrpcServiceError(error) && ((error.code as number) === grpc.unimplemented || (error.code as number) === grpc.permissionDenied))
      return undefined;
    throw error;
  }
}

/** Temporal's numbers for the types of search attributes. */
const indexedTypes = { TEXT: 1, KEYWORD: 2, INT: 3, DOUBLE: 4, BOOL: 5, DATETIME: 6, KEYWORD_LIST: 7 } as const;

async function registerSearchAttributes(connection: Connection, namespace: string, missing: typeof searchAttributes): Promise<void> {
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, indexedTypes[type]])),
    });
  } catch (error) {
    // Two callers at once: the other one's are the same.
    if (isGrpcServiceError(error) && (error.code as number) === grpc.alreadyExists) return;
    throw new DreamsError(
      'temporal_unfit',
      `The search attributes ${missing.map(({ name }) => name).join(', ')} could not be registered in namespace "${namespace}".`,
      {
        hint: `Ask its administrator for them: temporal operator search-attribute create ${missing.map(({ name, type }) => `--name ${name} --type ${type[0] ?? ''}${type.slice(1).toLowerCase()}`).join(' ')}`,
        cause: error,
      },
    );
  }
}
