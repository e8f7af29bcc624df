/** Bugs that bridges have in the field, planted between parts that are sound. Each must be caught. */
import type { SpoolDisk, SpoolFile } from '../../../bridge/spool/spool-disk.ts';
import type { PlantedBug } from './sim-bridge.ts';

/** Everything is called durable as soon as the system has it. */
const ACKNOWLEDGE_BEFORE_SYNC: PlantedBug = {
  name: 'acknowledge before sync',
  disk: (disk) => withFiles(disk, (file) => ({ ...file, sync: () => Promise.resolve() })),
};

/** An attempt that failed is made again under another name. */
const RETRY_UNDER_NEW_NAME: PlantedBug = {
  name: 'retry under a new name',
  sink: (sink) => {
    const attempts = new Map<string, number>();
    return {
      put: (object, signal) => {
        const attempt = (attempts.get(object.key) ?? 0) + 1;
        attempts.set(object.key, attempt);
        const key =
          attempt === 1 ? object.key : object.key.replace('.json', `.try-${attempt}.json`);
        return sink.put({ ...object, key }, signal);
      },
    };
  },
};

/** What cannot be parsed is acknowledged and thrown away. */
const DROPPED_QUARANTINE: PlantedBug = {
  name: 'dropped quarantine entry',
  store: (store) => ({
    append: (table, lines, rows, onDurable) => {
      if (table.startsWith('quarantine/')) queueMicrotask(() => onDurable?.());
      else store.append(table, lines, rows, onDurable);
    },
    flush: () => store.flush(),
    get isFull() {
      return store.isFull;
    },
    onRoom: (listener) => store.onRoom(listener),
  }),
};

/** A segment is marked as landed when it is read, before anything of it is stored. */
const MARK_BEFORE_PUT: PlantedBug = {
  name: 'mark before PUT',
  source: (source) => ({
    spoolId: source.spoolId,
    oldestSealed: (table) => source.oldestSealed(table),
    onSealed: (listener) => source.onSealed(listener),
    read: async (segment) => {
      const contents = await source.read(segment);
      await source.markLanded(segment);
      return contents;
    },
    markLanded: () => Promise.resolve(),
  }),
};

/** Each process counts the segments of a table from 1. */
const NUMBERS_REUSED: PlantedBug = {
  name: 'segment number reused after a restart',
  sink: (sink) => {
    const names = new Map<string, string>();
    const counts = new Map<string, number>();
    const renamed = (key: string): string => {
      const [table = ''] = key.split('/date=');
      const count = (counts.get(table) ?? 0) + 1;
      counts.set(table, count);
      return key.replace(/\d{10}/, String(count).padStart(10, '0'));
    };
    return {
      put: (object, signal) => {
        const key = names.get(object.key) ?? renamed(object.key);
        names.set(object.key, key);
        return sink.put({ ...object, key }, signal);
      },
    };
  },
};

/** While the disk is full, messages are acknowledged and dropped. */
const ACKNOWLEDGE_WHEN_FULL: PlantedBug = {
  name: 'ack of a message whose append failed',
  store: (store) => ({
    append: (table, lines, rows, onDurable) => {
      if (store.isFull) queueMicrotask(() => onDurable?.());
      else store.append(table, lines, rows, onDurable);
    },
    flush: () => store.flush(),
    isFull: false,
    onRoom: (listener) => store.onRoom(listener),
  }),
};

/** A message that came before is acknowledged, whether its first copy is durable or not. */
const DUPLICATE_BEFORE_DURABLE: PlantedBug = {
  name: 'duplicate dropped before its first copy is durable',
  take: (take) => {
    const seen = new Set<string>();
    return (message, onDurable) => {
      const text = Buffer.from(message.payload).toString('base64');
      if (seen.has(text)) {
        queueMicrotask(onDurable);
        return;
      }
      seen.add(text);
      take(message, onDurable);
    };
  },
};

/** All of them. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ACKNOWLEDGE_BEFORE_SYNC,
  RETRY_UNDER_NEW_NAME,
  DROPPED_QUARANTINE,
  MARK_BEFORE_PUT,
  NUMBERS_REUSED,
  ACKNOWLEDGE_WHEN_FULL,
  DUPLICATE_BEFORE_DURABLE,
];

function overDisk(disk: SpoolDisk, changed: Partial<SpoolDisk>): SpoolDisk {
  return {
    place: disk.place,
    list: () => disk.list(),
    read: (name, offset, bytes) => disk.read(name, offset, bytes),
    create: (name) => disk.create(name),
    open: (name) => disk.open(name),
    replace: (name, bytes) => disk.replace(name, bytes),
    note: (name, bytes) => disk.note(name, bytes),
    syncNote: (name) => disk.syncNote(name),
    remove: (name) => disk.remove(name),
    close: () => disk.close(),
    ...changed,
  };
}

function withFiles(disk: SpoolDisk, change: (file: SpoolFile) => SpoolFile): SpoolDisk {
  return overDisk(disk, {
    create: async (name) => change(await disk.create(name)),
    open: async (name) => change(await disk.open(name)),
  });
}
