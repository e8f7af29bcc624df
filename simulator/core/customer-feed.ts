/** The fulfilment website's feed: one record for every version of a customer. */
import type { ConsentDecision } from './consent.ts';
import { customerVersions, serialChangesByPerson } from './customer-versions.ts';
import type { NotGiven, VersionWriting } from './customer-versions.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';

/** One version of a customer as it lands. Dates are epoch ms; one that is absent, null or 0 was not given. */
export interface CustomerRecord {
  readonly customerName: string;
  readonly email: string;
  readonly phone: string;
  readonly birthDay: string;
  readonly serialNumber: string;
  readonly registrationDate: number;
  readonly lastUpdateDate: number;
  readonly shareWithResearchAsOfDate?: number | null;
  readonly shareWithPublicAsOfDate?: number | null;
  readonly shareWithFriendsAsOfDate?: number | null;
}

/** A version of a customer, and from when on the website's exports hold it (epoch ms). */
export interface CustomerExport {
  readonly record: CustomerRecord;
  readonly person: number;
  readonly exportMs: number;
}

/** All versions in the order in which the website wrote them. */
export function customerFeed(world: World): CustomerRecord[] {
  return exportsOf(world)
    .map(({ record }) => record)
    .sort((left, right) => left.lastUpdateDate - right.lastUpdateDate);
}

/** All versions in the order in which they are exported: not that of their dates where the world mixes it. */
export function customerExports(world: World): CustomerExport[] {
  return exportsOf(world).sort(
    (left, right) =>
      left.exportMs - right.exportMs || left.record.lastUpdateDate - right.record.lastUpdateDate,
  );
}

function exportsOf(world: World): CustomerExport[] {
  const changesOf = serialChangesByPerson(world);
  return world.people.flatMap((person) => {
    const writings = world.writings?.[person.id];
    const versions = customerVersions(world, person.id, changesOf(person.id));
    return versions.map(({ decision, serialNumber }, index) => ({
      record: customerVersion(person, decision, serialNumber, writings?.[index]),
      person: person.id,
      exportMs: writings?.[index]?.exportMs ?? decision.atMs,
    }));
  });
}

/** The version of a customer that the website writes when a decision is made, with the serial number that it believes. */
export function customerVersion(
  person: Pick<Person, 'identity' | 'registeredAtMs'>,
  decision: ConsentDecision,
  serialNumber: string,
  writing?: Omit<VersionWriting, 'exportMs'>,
): CustomerRecord {
  const { research, public: everybody, friends } = decision;
  return {
    ...person.identity,
    ...(writing !== undefined && { email: writing.email }),
    serialNumber,
    registrationDate: person.registeredAtMs,
    lastUpdateDate: decision.atMs,
    ...dateField('shareWithResearchAsOfDate', research, writing?.notGiven.research),
    ...dateField('shareWithPublicAsOfDate', everybody, writing?.notGiven.public),
    ...dateField('shareWithFriendsAsOfDate', friends, writing?.notGiven.friends),
  };
}

function dateField<Name extends string>(
  name: Name,
  date: number | undefined,
  notGiven: NotGiven = 'absent',
): { readonly [key in Name]?: number | null } {
  if (date === undefined && notGiven === 'absent') return {};
  const value = date ?? (notGiven === 'null' ? null : 0);
  return { [name]: value } as { readonly [key in Name]?: number | null };
}
