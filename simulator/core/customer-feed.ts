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
    (world.consents[person.id] ?? []).map((decision) => toRecord(world, person, decision)),
  );
  return records.sort((left, right) => left.lastUpdateDate - right.lastUpdateDate);
}

function toRecord(world: World, person: Person, decision: ConsentDecision): CustomerRecord {
  return {
    ...person.identity,
    serialNumber: world.fulfilledSerials[person.id] as string,
    registrationDate: person.registeredAtMs,
    lastUpdateDate: decision.atMs,
    ...(decision.research !== undefined && { shareWithResearchAsOfDate: decision.research }),
    ...(decision.public !== undefined && { shareWithPublicAsOfDate: decision.public }),
    ...(decision.friends !== undefined && { shareWithFriendsAsOfDate: decision.friends }),
  };
}
