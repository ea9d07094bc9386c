import { isGrpcServiceError } from '@temporalio/client';

/** Of gRPC's numbers, those that mean something here. */
export const grpc = { deadlineExceeded: 4, notFound: 5, unavailable: 14 } as const;

export function hasGrpcCode(error: unknown, ...codes: readonly number[]): boolean {
  return isGrpcServiceError(error) && codes.includes(error.code);
}
