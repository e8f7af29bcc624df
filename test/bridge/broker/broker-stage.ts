/** A broker on a free port of this machine, and what it took, refused and said. */
import { onTestFinished } from 'vitest';
import { startPhoneBroker } from '../../../bridge/broker/index.ts';
import type { PhoneBroker, PhoneBrokerOptions } from '../../../bridge/broker/index.ts';
import type { PhoneMessage } from '../../../bridge/ports.ts';

/** A message as it was taken, and what makes it durable. */
export interface Taken {
  readonly topic: string;
  readonly text: string;
  readonly dup: boolean;
  /** No effect the second time. */
  readonly makeDurable: () => void;
}

/** A broker with a taker that makes messages durable at once, later, or never. */
export class BrokerStage {
  readonly taken: Taken[] = [];
  readonly notices: string[] = [];
  readonly refusals: string[] = [];
  connected = 0;
  disconnected = 0;
  /** While true, nothing becomes durable by itself. */
  isHolding = false;
  broker!: PhoneBroker;
  #onChange: () => void = () => undefined;

  static async start(options: Partial<PhoneBrokerOptions> = {}): Promise<BrokerStage> {
    const stage = new BrokerStage();
    stage.broker = await startPhoneBroker({
      listen: { host: '127.0.0.1', port: 0 },
      take: (message, onDurable) => stage.#take(message, onDurable),
      store: { isFull: false, onRoom: () => undefined },
      onNotice: ({ text }) => stage.notices.push(text),
      onEvent: (event) => {
        if (event.kind === 'refused') stage.refusals.push(event.reason);
        else stage[event.kind]++;
        stage.#onChange();
      },
      ...options,
    });
    onTestFinished(() => {
      // Else it would wait for it.
      for (const { makeDurable } of stage.taken) makeDurable();
      return stage.broker.close();
    });
    return stage;
  }

  get port(): number {
    return this.broker.port;
  }

  get texts(): readonly string[] {
    return this.taken.map(({ text }) => text);
  }

  /** Resolves when it holds. It is looked at whenever something was taken, refused, connected or disconnected. */
  async until(holds: (stage: this) => boolean): Promise<void> {
    while (!holds(this)) await new Promise<void>((resolve) => (this.#onChange = resolve));
  }

  #take({ topic, payload, dup }: PhoneMessage, onDurable: () => void): void {
    const text = Buffer.from(payload).toString();
    let isDurable = false;
    const makeDurable = (): void => {
      if (isDurable) return;
      isDurable = true;
      onDurable();
    };
    this.taken.push({ topic, text, dup, makeDurable });
    if (!this.isHolding) queueMicrotask(makeDurable);
    this.#onChange();
  }
}
