/** Deeds and what the scenario does by itself, as sentences of the story. */
import type { Deed } from '../api.ts';

/** What sentences name. */
export interface Cast {
  /** What people are called, by number. */
  readonly people: readonly string[];
  /** What ports are called, by number of the station. */
  readonly ports: readonly string[];
}

/** What was done. */
export function tellDeed(deed: Deed, cast: Cast): string {
  switch (deed.do) {
    case 'policy':
      return `The page shows what the ${deed.policy} pipeline believes`;
    case 'speed':
      return deed.factor === 1
        ? 'Time passes as it really does'
        : `Time passes ${deed.factor} times as fast as it really does`;
    case 'pause':
      return deed.isOn ? 'Time stands still' : 'Time goes on';
    case 'serials':
      return tellSerials(deed.pool, cast.people.length);
    case 'skew':
      return tellSkew(deed.ms);
    case 'consent':
      return tellConsent(cast.people[deed.person], deed.isGiven);
    case 'broker':
      return tellBroker(deed.isUp);
    case 'storage':
      return tellStorage(deed.isUp);
    default:
      return tellStation(deed, cast);
  }
}

/** What a person decided. */
export function tellConsent(name = 'Somebody', isGiven = false): string {
  return `${name} ${isGiven ? 'gave' : 'withdrew'} consent`;
}

/** How the website gives out serial numbers. */
export function tellSerials(pool: number | null, customers: number): string {
  if (pool === null) return 'The website wrote every customer a serial number of their own';
  const numbers = pool === 1 ? 'one and the same serial number' : `${pool} serial numbers in turn`;
  return `The website gave its ${customers} customers ${numbers}`;
}

/** How far clocks of phones are off. */
export function tellSkew(ms: number): string {
  return ms === 0
    ? 'The clocks of all phones were set right'
    : `The clocks of phones went wrong by up to ${tellMs(ms)}`;
}

/** What the broker did. */
export function tellBroker(isUp: boolean): string {
  return isUp ? 'The broker came back' : 'The broker went down';
}

/** What the storage did. */
export function tellStorage(isUp: boolean): string {
  return isUp ? 'S3 answers again' : 'S3 stopped answering';
}

/** What happened to the cable of a trainer. */
export function tellPlug(port: string, isUnplugged: boolean): string {
  return `The trainer on ${port} was ${isUnplugged ? 'unplugged' : 'plugged in again'}`;
}

/** What a line does to the bytes on it. */
export function tellLine(port: string, isGarbled: boolean): string {
  return isGarbled ? `The line of ${port} began to garble` : `The line of ${port} is clean again`;
}

/** Which trainers changed places. */
export function tellSwap(port: string, other: string): string {
  return `The trainers on ${port} and ${other} changed places`;
}

function tellStation(
  deed: Extract<Deed, { do: 'unplug' | 'garble' | 'swap' }>,
  { ports }: Cast,
): string {
  const portOf = (station: number): string => ports[station] ?? `port ${station}`;
  const port = portOf(deed.station);
  if (deed.do === 'swap') return tellSwap(port, portOf(deed.with));
  return deed.do === 'unplug' ? tellPlug(port, deed.isOn) : tellLine(port, deed.isOn);
}

function tellMs(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}
