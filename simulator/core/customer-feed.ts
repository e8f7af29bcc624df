/** The fulfilment website's feed: one record for every version of a customer. */
import type { ConsentDecision } from './consent.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';

/** One version of a customer as it lands. Dates are epoch ms; one that is absent was not given. */
export interface CustomerRecord {
  readonly customerName: string;
  readonly email: string;
  readonly phone: string;
  readonly birthDay: string;
  readonly serialNumber: string;
  readonly registrationDate: number;
  readonly lastUpdateDate: number;
  readonly shareWithResearchAsOfDate?: number;
  readonly shareWithPublicAsOfDate?: number;
  readonly shareWithFriendsAsOfDate?: number;
}

/** All versions in the order in which the website wrote them. */
export function customerFeed(world: World): CustomerRecord[] {
  const records = world.people.flatMap((person) =>
    (world.consents[person.id] ?? []).map((decision) =>
      customerVersion(person, decision, world.fulfilledSerials[person.id] as string),
    ),
  );
  return records.sort((left, right) => left.lastUpdateDate - right.lastUpdateDate);
}

/** The version of a customer that the website writes when a decision is made, with the serial number that it believes. */
export function customerVersion(
  person: Pick<Person, 'identity' | 'registeredAtMs'>,
  decision: ConsentDecision,
  serialNumber: string,
): CustomerRecord {
  return {
    ...person.identity,
    serialNumber,
    registrationDate: person.registeredAtMs,
    lastUpdateDate: decision.atMs,
    ...(decision.research !== undefined && { shareWithResearchAsOfDate: decision.research }),
    ...(decision.public !== undefined && { shareWithPublicAsOfDate: decision.public }),
    ...(decision.friends !== undefined && { shareWithFriendsAsOfDate: decision.friends }),
  };
}
