/** Checks passwords, so that neither guessing nor a storm of reconnects is worth an attacker's while. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import { isPassword, NOBODYS_HASH } from './password-hash.ts';
import { TokenBuckets } from './token-buckets.ts';
import type { BrokerUser } from './users-file.ts';

/** What came of a check. */
export type CredentialVerdict = 'right' | 'wrong' | 'too-many-attempts';

/** How often wrong passwords may be given, and what time it is. */
export interface CredentialLimits {
  readonly attempts: number;
  readonly attemptMs: number;
  readonly addressAttempts: number;
  readonly addressAttemptMs: number;
  readonly nowMs: () => number;
}

/** So many checks may wait for scrypt, which does one after the other: the disk needs the other threads of the pool. */
const WAITING_MAX = 1_000;

interface Source {
  readonly address: string;
  readonly name: string;
}

interface Verified {
  /** A password that is changed in the file is no longer verified. */
  readonly hashText: string;
  readonly digest: Buffer;
}

/**
 * A password that was right is known again by a keyed digest, at the cost of microseconds and whatever others attempt.
 * All else goes through scrypt, one at a time, and only while the address has attempts left for that name and for all.
 */
export class CredentialCheck {
  readonly #limits: CredentialLimits;
  readonly #failures: TokenBuckets;
  /** One address with many names must not take all places. */
  readonly #addresses: TokenBuckets;
  readonly #key = randomBytes(32);
  readonly #verified = new Map<string, Verified>();
  /** Checks under way: whoever asks the same from the same address shares the answer. */
  readonly #running = new Map<string, Promise<boolean>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(limits: CredentialLimits) {
    this.#limits = limits;
    this.#failures = new TokenBuckets(limits.attempts, limits.attemptMs);
    this.#addresses = new TokenBuckets(limits.addressAttempts, limits.addressAttemptMs);
  }

  /** Checks the password for a user, or for a `name` that no user has. `address` is the peer's. */
  async check(attempt: {
    readonly name: string;
    readonly user: BrokerUser | undefined;
    readonly password: Uint8Array;
    readonly address: string;
  }): Promise<CredentialVerdict> {
    const { name, user, password, address } = attempt;
    const digest = createHmac('sha256', this.#key).update(password).digest();
    if (user !== undefined && this.#isVerified(user, digest)) return 'right';
    const hash = user?.hash ?? NOBODYS_HASH;
    const isRight = await this.#ask(
      // The hash is part of the question: after a change in the file, it is another one.
      `${address} ${name} ${user?.hashText ?? ''} ${digest.toString('hex')}`,
      { address, name },
      () => isPassword(password, hash),
    );
    if (isRight === undefined) return 'too-many-attempts';
    if (user === undefined || !isRight) return 'wrong';
    this.#verified.set(name, { hashText: user.hashText, digest });
    return 'right';
  }

  /** Forgets the users that are gone, and attempts of long ago. */
  prune(users: ReadonlyMap<string, BrokerUser>): void {
    for (const name of this.#verified.keys()) if (!users.has(name)) this.#verified.delete(name);
    this.#failures.prune(this.#limits.nowMs());
    this.#addresses.prune(this.#limits.nowMs());
  }

  #isVerified({ name, hashText }: BrokerUser, digest: Buffer): boolean {
    const verified = this.#verified.get(name);
    return verified?.hashText === hashText && timingSafeEqual(verified.digest, digest);
  }

  /** `undefined` when the source has no attempt left. An attempt that is right costs nothing. */
  #ask(
    question: string,
    source: Source,
    ask: () => Promise<boolean>,
  ): Promise<boolean | undefined> {
    const running = this.#running.get(question);
    if (running !== undefined) return running;
    if (this.#running.size >= WAITING_MAX || !this.#mayAttempt(source)) {
      return Promise.resolve(undefined);
    }
    const answer = this.#last.then(ask).finally(() => this.#running.delete(question));
    this.#running.set(question, answer);
    this.#last = answer.then(
      (isRight) => {
        if (isRight) this.#giveBack(source);
      },
      () => undefined,
    );
    return answer;
  }

  #mayAttempt({ address, name }: Source): boolean {
    const nowMs = this.#limits.nowMs();
    if (!this.#failures.take(`${address} ${name}`, nowMs)) return false;
    if (this.#addresses.take(address, nowMs)) return true;
    this.#failures.giveBack(`${address} ${name}`);
    return false;
  }

  #giveBack({ address, name }: Source): void {
    this.#failures.giveBack(`${address} ${name}`);
    this.#addresses.giveBack(address);
  }
}
