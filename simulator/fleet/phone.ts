import { encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import type { Sample } from '../../firmware-protocol/index.ts';
import { PHONE_RATE_HZ } from '../core/continuous-walk.ts';
import type { PhoneFault } from '../core/faults.ts';
import { phoneTime, stampSamples } from '../core/phone-clock.ts';
import { phoneEmailOf } from '../core/people.ts';
import type { Person } from '../core/people.ts';
import { drawInteger } from '../core/random.ts';
import type { Random, RandomStreams } from '../core/random.ts';
import type { Moment } from '../core/session.ts';
import type { Timers } from '../core/timers.ts';
import type { TruthAcceleration, TruthLedger } from '../core/truth-ledger.ts';
import type { PhoneClock } from '../core/phone-clock.ts';
import type { World } from '../core/world.ts';
import type { PhoneNetwork } from './links.ts';
import { PhoneSender } from './phone-sender.ts';

/** Of a walk, the samples of half a second go into one message. */
const SAMPLES_PER_MESSAGE = PHONE_RATE_HZ / 2;

/** What a phone needs of the world around it. */
export interface PhoneOptions {
  readonly person: Person;
  /** The world as it is now. */
  readonly worldNow: () => World;
  readonly timers: Timers;
  readonly streams: RandomStreams;
  readonly ledger: TruthLedger;
  readonly network: PhoneNetwork;
  /** The faults of this phone. */
  readonly faults: readonly PhoneFault[];
}

/** By which name the phone of a person connects to a broker, if nothing stands before it. */
export function phoneClientId(person: number): string {
  return `phone-${person.toString().padStart(6, '0')}`;
}

/** A person's phone with the app on it. */
export class Phone {
  readonly #options: PhoneOptions;
  readonly #sessionRandom: Random;
  readonly #sender: PhoneSender;
  readonly #faults: PhoneFault[];
  #session = '';
  #seq = 0;
  /** What was measured and not published yet. */
  #samples: Sample[] = [];
  #truths: TruthAcceleration[] = [];

  constructor(options: PhoneOptions) {
    const { person, timers, streams, ledger, network, faults } = options;
    this.#options = options;
    this.#faults = [...faults];
    this.#sessionRandom = streams(`phone:${person.id}/sessions`);
    const clientId = phoneClientId(person.id);
    this.#sender = new PhoneSender({
      topic: phoneTopic(clientId, 'accelerometer'),
      timers,
      ledger,
      streams: (name) => streams(`phone:${person.id}/faults/${name}`),
      faults: this.#faults,
      connect: () => network.connect(clientId),
    });
  }

  /** Whose it is. */
  get person(): Person {
    return this.#options.person;
  }

  /** True while the app is open. */
  get isOpen(): boolean {
    return this.#sender.isOpen;
  }

  /** True when it has passed on all that it had to send. */
  get isSettled(): boolean {
    return this.#sender.isSettled;
  }

  /** One more fault, which may have no end yet. */
  addFault(fault: PhoneFault): void {
    this.#faults.push(fault);
  }

  /** Sends what has waited for the network, as far as no fault is left that keeps it away. */
  sendBacklog(): void {
    this.#sender.sendBacklog();
  }

  /** Opens the app: a new session begins. */
  open(): void {
    this.#sender.open();
    this.#session = drawInteger(this.#sessionRandom, 0, 0xffff_ffff).toString(16).padStart(8, '0');
    this.#seq = 0;
  }

  /** Closes the app. */
  close(): void {
    this.#publish();
    this.#sender.close();
  }

  /**
   * Takes the samples of one moment, and publishes them: those of a step at once, those of a walk by the half second.
   * `stepNumber` counts the steps of the world.
   */
  take(moment: Moment, stepNumber: number): void {
    const { person, worldNow, ledger } = this.#options;
    const world = worldNow();
    const clock = world.phoneClocks[person.id] as PhoneClock;
    const timeStamp = phoneTime(clock, world.spec.startMs, moment.atMs);
    for (const [x, y, z] of moment.accelerations) {
      const at = { person: person.id, step: stepNumber, atMs: moment.atMs, timeStamp };
      this.#truths.push(ledger.addAcceleration({ ...at, x, y, z }));
    }
    this.#samples.push(...stampSamples(timeStamp, moment.accelerations));
    if (moment.step === undefined || this.#samples.length >= SAMPLES_PER_MESSAGE) this.#publish();
  }

  #publish(): void {
    if (this.#samples.length === 0) return;
    const payload = encodeSampleBatch({
      user: phoneEmailOf(this.#options.person),
      session: this.#session,
      seq: this.#seq++,
      samples: this.#samples,
    });
    const truths = this.#truths;
    this.#samples = [];
    this.#truths = [];
    this.#sender.publish({ payload, truths });
  }
}
