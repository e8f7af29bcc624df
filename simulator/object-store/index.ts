export { ObjectStoreError, type ObjectStoreErrorCode } from './errors.ts';
export type { ChooseFault, ObjectStoreFault, ObjectStoreRequest, OperationName } from './faults.ts';
export { startObjectStore, type ObjectStore, type ObjectStoreOptions } from './server.ts';
export type { Credentials } from './signature-v4.ts';
