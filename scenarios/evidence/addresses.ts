import { participantsOf } from '../../simulator/index.ts';
import type { World } from '../../simulator/index.ts';

/** The e-mails of a world, and who has each: compared without regard to case, as people are. */
export class Addresses {
  readonly #people = new Map<string, number[]>();

  constructor(world: Pick<World, 'people'>) {
    for (const { id, identity } of participantsOf(world)) {
      const key = identity.email.toLowerCase();
      const known = this.#people.get(key);
      if (known === undefined) this.#people.set(key, [id]);
      else known.push(id);
    }
  }

  /** The numbers of the people with an e-mail, in their order; nobody where it is no text, or nobody has it. */
  peopleOf(email: unknown): readonly number[] {
    if (typeof email !== 'string') return [];
    return this.#people.get(email.toLowerCase()) ?? [];
  }
}
