/** Deeds after which everything would be as it was: told in the story, they would be untrue. */
import type { LiveRun } from '../../scenarios/index.ts';
import type { Deed } from '../api.ts';
import type { Cast } from './deed-words.ts';
import { DemoError } from './demo-error.ts';

/** What of a run tells how things are. */
export type ChangedRun = Pick<LiveRun, 'phones' | 'isOn' | 'isPaused'>;

/**
 * Two pages may ask for the same, and programs for anything. What a run does not know is left to it to refuse.
 *
 * @throws DemoError DEED_REFUSED
 */
export function refuseNoChange(deed: Deed, run: ChangedRun, cast: Cast): void {
  const already = tellAlready(deed, run, cast);
  if (already !== undefined) throw new DemoError('DEED_REFUSED', already);
}

function tellAlready(deed: Deed, run: ChangedRun, cast: Cast): string | undefined {
  switch (deed.do) {
    case 'consent':
      return tellConsent(deed, run, cast);
    case 'pause':
      if (deed.isOn !== run.isPaused) return undefined;
      return deed.isOn ? 'Time stands still already.' : 'Time goes on already.';
    case 'broker':
    case 'storage': {
      const name = deed.do === 'broker' ? 'The broker' : 'S3';
      if (deed.isUp === run.isOn(deed.do)) return undefined;
      return deed.isUp ? `${name} was not taken down here.` : `${name} is down already.`;
    }
    case 'unplug':
    case 'garble':
      return tellStation(deed, run, cast);
    default:
      return undefined;
  }
}

function tellConsent(
  { person, isGiven }: Extract<Deed, { do: 'consent' }>,
  { phones }: ChangedRun,
  { people }: Cast,
): string | undefined {
  if (phones.find((phone) => phone.person === person)?.isConsenting !== isGiven) return undefined;
  const name = people[person] ?? 'This person';
  return isGiven
    ? `${name} shares data for research already.`
    : `${name} shares no data for research.`;
}

function tellStation(
  { do: what, station, isOn }: Extract<Deed, { do: 'unplug' | 'garble' }>,
  run: ChangedRun,
  { ports }: Cast,
): string | undefined {
  const port = ports[station];
  if (port === undefined || isOn !== run.isOn(`${what}:${station}`)) return undefined;
  if (what === 'unplug') {
    return isOn
      ? `The trainer on ${port} is unplugged already.`
      : `The trainer on ${port} was not unplugged here.`;
  }
  return isOn ? `The line of ${port} garbles already.` : `The line of ${port} does not garble.`;
}
