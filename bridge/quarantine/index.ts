/** What could not be taken: looked through, shown, and landed again once it can be. */
export { countQuarantine } from './count-quarantine.ts';
export type { QuarantineCounts, QuarantineGroup } from './count-quarantine.ts';
export type { Entry } from './entry.ts';
export { FolderShelf } from './folder-shelf.ts';
export type { ObjectShelf } from './object-shelf.ts';
export { findReplay } from './find-replay.ts';
export type { EntryReplay } from './find-replay.ts';
export { findEntry } from './read-quarantine.ts';
export type { QuarantineFault } from './read-quarantine.ts';
export { replayQuarantine } from './replay.ts';
export type { ReplayOptions, ReplayResult } from './replay.ts';
export { S3Shelf } from './s3-shelf.ts';
export type { Selection } from './selection.ts';
