/** Who may use which client id, and where a client may publish. */
import { parsePhoneTopic, phoneTopic } from '../../firmware-protocol/index.ts';

/** A user of the broker and the client ids that were given to it by name. */
export interface ClientIdGrant {
  readonly name: string;
  readonly clientIds: readonly string[];
}

/** Whether a text can be a client id, and so a part of a topic: 1–64 letters, digits and hyphens. Names of users are the same. */
export function isClientId(text: string): boolean {
  return parsePhoneTopic(phoneTopic(text, 'status'))?.clientId === text;
}

/** The only topics on which a client may publish. */
export function ownTopics(clientId: string): readonly [accelerometer: string, status: string] {
  return [phoneTopic(clientId, 'accelerometer'), phoneTopic(clientId, 'status')];
}

/** Whether a client id is the user's name, or begins with it and a hyphen. */
export function bearsName(clientId: string, user: string): boolean {
  return clientId === user || clientId.startsWith(`${user}-`);
}

/** Tells to whom a client id belongs: each id to one user at most. */
export class ClientIdOwners {
  readonly #granted = new Map<string, string>();
  readonly #names = new Set<string>();

  constructor(users: Iterable<ClientIdGrant>) {
    for (const { name, clientIds } of users) {
      this.#names.add(name);
      for (const clientId of clientIds) this.#granted.set(clientId, name);
    }
  }

  /**
   * The user to whom it was given by name, or else the one whose name it bears. Where `ann` and `ann-lee` are both
   * users, `ann-lee-1` belongs to the longer name.
   */
  ownerOf(clientId: string): string | undefined {
    const granted = this.#granted.get(clientId);
    if (granted !== undefined) return granted;
    for (let end = clientId.length; end > 0; end = clientId.lastIndexOf('-', end - 1)) {
      const name = clientId.slice(0, end);
      if (this.#names.has(name)) return name;
    }
    return undefined;
  }
}
