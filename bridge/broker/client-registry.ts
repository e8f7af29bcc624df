import type { AuthenticateError } from 'aedes';

import { admit, no, NOT_AUTHORIZED, SERVER_UNAVAILABLE } from './admission.ts';
import type { AdmissionRules, Admitted } from './admission.ts';
import type { PhoneClient } from './phone-client.ts';
import type { RefusalReason } from './refusals.ts';
import { TokenBuckets } from './token-buckets.ts';

/** Answers aedes: a client may connect, or is told why it may not. */
export type Authenticated = (error: AuthenticateError | null, isAdmitted: boolean | null) => void;

/** What a registry works with. */
export interface RegistryOptions extends AdmissionRules {
  readonly takeovers: number;
  readonly takeoverMs: number;
  readonly nowMs: () => number;
}

/** Who is connected under which client id. */
export class ClientRegistry {
  readonly #options: RegistryOptions;
  readonly #takeovers: TokenBuckets;
  readonly #byId = new Map<string, PhoneClient>();

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#takeovers = new TokenBuckets(options.takeovers, options.takeoverMs);
  }

  /** Judges a client by what it says, and registers it under its id in place of one that is there. */
  authenticate(
    client: PhoneClient,
    given: { readonly user: string | undefined; readonly password: Uint8Array | undefined },
    done: Authenticated,
  ): void {
    const { clientId, address, certificateName, will } = client;
    const request = { clientId, address, certificateName, ...given, willTopic: will?.topic };
    admit(request, this.#options).then(
      (admitted) => this.#answer(client, admitted, done),
      // The machine has no memory left for scrypt.
      () => this.#answer(client, no('too-many-attempts', SERVER_UNAVAILABLE), done),
    );
  }

  /** The connection has ended. */
  forget(client: PhoneClient): void {
    if (this.#byId.get(client.clientId) === client) this.#byId.delete(client.clientId);
  }

  /** Reads the users again when their file has changed, and forgets what is no longer needed. */
  async refresh(): Promise<void> {
    const { directory, credentials, nowMs } = this.#options;
    this.#takeovers.prune(nowMs());
    if (directory === undefined) return;
    credentials.prune(directory.users);
    if (await directory.refresh()) this.#cutFormerUsers();
  }

  #answer(client: PhoneClient, judged: Admitted, done: Authenticated): void {
    if (client.destroyed) return;
    const admitted = judged.ok ? this.#takeOver(client.clientId, judged) : judged;
    if (!admitted.ok) {
      client.blame(admitted.reason);
      done(new ConnectRefused(admitted.reason, admitted.returnCode), false);
      return;
    }
    client.register(admitted.user, this.#hashTextOf(admitted.user));
    this.#byId.set(client.clientId, client);
    done(null, true);
  }

  /** Ends the connection that has the id, if it is the same user's and not ended too often. */
  #takeOver(clientId: string, admitted: Admitted & { readonly ok: true }): Admitted {
    const present = this.#byId.get(clientId);
    if (present === undefined) return admitted;
    if (present.user !== admitted.user) return no('foreign-client-id', NOT_AUTHORIZED);
    if (!this.#takeovers.take(clientId, this.#options.nowMs())) {
      return no('takeover-rate', SERVER_UNAVAILABLE);
    }
    present.destroy();
    return admitted;
  }

  #hashTextOf(user: string | undefined): string | undefined {
    return user === undefined ? undefined : this.#options.directory?.users.get(user)?.hashText;
  }

  /** Cuts the clients of users who are gone, have another password, or have lost the client id. */
  #cutFormerUsers(): void {
    for (const client of this.#byId.values()) {
      const isSame = this.#hashTextOf(client.user) === client.hashText;
      const owner = this.#options.directory?.ownerOf(client.clientId);
      if (!isSame || owner !== client.user) client.refuse('bad-credentials');
    }
  }
}

class ConnectRefused extends Error {
  override readonly name = 'ConnectRefused';
  readonly returnCode: number;

  constructor(reason: RefusalReason, returnCode: number) {
    super(reason);
    this.returnCode = returnCode;
  }
}
