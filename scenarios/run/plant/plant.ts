/** The part of a simulated run that is not simulated: the bridge, from its intake to the objects that it stores. */
import type { SerialChannel, TakeMessage } from '../../../bridge/index.ts';

/** The bridge of a simulated run, with everything behind it. */
export interface Plant {
  /** Takes over a serial port that was plugged in. */
  attach(channel: SerialChannel): void;
  /** Takes one MQTT message. */
  readonly take: TakeMessage;
  /** True when all that it took is stored. */
  readonly isIdle: boolean;
  /** How many actions of the virtual clock it lets pass between two of its turns. */
  readonly actionsPerTurn: number;
  /** Does what had to wait for the virtual clock to rest. */
  turn(): Promise<void>;
  /** Ends it in good order; resolves when everything is stored that can be. */
  close(): Promise<void>;
}
