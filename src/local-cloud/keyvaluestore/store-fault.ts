import { ServiceFault } from '../service-fault.ts';

/** What the KeyValueStore's data plane answers instead of a result. */
export function storeFault(code: StoreFaultCode, message: string): ServiceFault {
  return new ServiceFault(statuses[code], code, message);
}

export type StoreFaultCode = keyof typeof statuses;

/** HTTP status of each code [model of 2022-07-26]. */
const statuses = {
  AccessDeniedException: 403,
  ConflictException: 409,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 402,
  ValidationException: 400,
  // Not in the model: what the local cloud cannot do.
  UnknownOperationException: 404,
} as const;
