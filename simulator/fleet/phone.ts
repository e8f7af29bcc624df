import { encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import { isActive } from '../core/faults.ts';
import type { DuplicateFault } from '../core/faults.ts';
import { phoneTime, stampSamples } from '../core/phone-clock.ts';
import type { Person } from '../core/people.ts';
import { drawChance, drawInteger } from '../core/random.ts';
import type { Random, RandomStreams } from '../core/random.ts';
import type { Step } from '../core/step-test.ts';
import type { Timers } from '../core/timers.ts';
import type { TruthLedger } from '../core/truth-ledger.ts';
import type { PhoneClock, World } from '../core/world.ts';
import type { PhoneNetwork, PhoneUplink } from './links.ts';

/** What a phone needs of the world around it. */
export interface PhoneOptions {
  readonly person: Person;
  readonly world: World;
  readonly timers: Timers;
  readonly streams: RandomStreams;
  readonly ledger: TruthLedger;
  readonly network: PhoneNetwork;
  readonly duplicates: readonly DuplicateFault[];
}

/** A person's phone with the app on it: publishes one batch of samples for every step. */
export class Phone {
  readonly #options: PhoneOptions;
  readonly #clock: PhoneClock;
  readonly #clientId: string;
  readonly #faultRandom: Random;
  readonly #sessionRandom: Random;
  #uplink: PhoneUplink | undefined;
  #session = '';
  #seq = 0;

  constructor(options: PhoneOptions) {
    const { person, world, streams } = options;
    this.#options = options;
    this.#clock = world.phoneClocks[person.id] as PhoneClock;
    this.#clientId = `phone-${person.id.toString().padStart(6, '0')}`;
    this.#faultRandom = streams(`phone:${person.id}/faults`);
    this.#sessionRandom = streams(`phone:${person.id}/sessions`);
  }

  /** Opens the app: a new session begins. */
  open(): void {
    this.#uplink = this.#options.network.connect(this.#clientId);
    this.#session = drawInteger(this.#sessionRandom, 0, 0xffff_ffff).toString(16).padStart(8, '0');
    this.#seq = 0;
  }

  /** Closes the app. */
  close(): void {
    this.#uplink?.close();
    this.#uplink = undefined;
  }

  /** Takes the samples of one step, and publishes them. `stepNumber` counts the steps of the world. */
  take(step: Step, stepNumber: number): void {
    const { person, world, ledger } = this.#options;
    const timeStamp = phoneTime(this.#clock, world.spec.startMs, step.atMs);
    const truths = step.accelerations.map(([x, y, z]) =>
      ledger.addAcceleration({
        person: person.id,
        step: stepNumber,
        atMs: step.atMs,
        timeStamp,
        x,
        y,
        z,
      }),
    );
    const payload = encodeSampleBatch({
      user: person.identity.email,
      session: this.#session,
      seq: this.#seq++,
      samples: stampSamples(timeStamp, step.accelerations),
    });
    this.#publish(payload, () => truths.forEach((truth) => (truth.fate = 'sent')));
  }

  #publish(payload: string, onAcknowledged: () => void): void {
    const uplink = this.#uplink;
    if (uplink === undefined) return;
    const topic = phoneTopic(this.#clientId, 'accelerometer');
    uplink.publish(topic, payload, onAcknowledged);
    if (this.#sendsTwice()) {
      this.#options.ledger.note('message-duplicated');
      uplink.publish(topic, payload, onAcknowledged);
    }
  }

  #sendsTwice(): boolean {
    const { duplicates, timers, person } = this.#options;
    const fault = duplicates.find(
      (candidate) =>
        isActive(candidate, timers.now()) &&
        (candidate.person === undefined || candidate.person === person.id),
    );
    return fault !== undefined && drawChance(this.#faultRandom, fault.rate);
  }
}
