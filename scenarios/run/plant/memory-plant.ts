import { BatchStore, Bridge, NO_WINDOWS } from '../../../bridge/index.ts';
import type { ObjectSink } from '../../../bridge/index.ts';
import type { Timers } from '../../../simulator/index.ts';
import type { Plant } from './plant.ts';

/** Actions between two looks at the outside world: objects get written, progress is told, a stop is noticed. */
const ACTIONS_PER_TURN = 20_000;

/** What a bridge without a disk runs on. */
export interface MemoryPlantOptions {
  readonly timers: Timers;
  readonly sink: ObjectSink;
  readonly baudRate: number;
}

/** A bridge that keeps what it takes in memory until it is stored: for runs in which neither it nor its storage fails. */
export function openMemoryPlant({ timers, sink, baudRate }: MemoryPlantOptions): Plant {
  let failure: unknown;
  const onStoreFailure = (_object: unknown, cause: unknown): void => {
    failure ??= cause;
  };
  const store = new BatchStore({ id: 'bridge-1', timers, sink, onStoreFailure });
  // What comes twice shall land twice here: that the zones hold it once is for the pipeline to show.
  const bridge = new Bridge({ store, timers, windows: NO_WINDOWS });
  return {
    attach: (channel) => void bridge.attach(channel, baudRate),
    take: (message, onDurable) => {
      // The process does not die before the run ends: what it has taken is safe.
      bridge.take(message, () => undefined);
      onDurable();
    },
    isIdle: true,
    actionsPerTurn: ACTIONS_PER_TURN,
    turn: () => store.settle(),
    close: async () => {
      bridge.stop();
      await store.close();
      if (failure !== undefined) throw failure;
    },
  };
}
