/** What a seed of a swarm drew, written down: the faults of that seed, listed as if they had always been so. */
import type { SwarmDraw } from '../planning/swarm.ts';
import { isMap, valueAt, withValue } from './written-edits.ts';
import type { Written } from './written-edits.ts';

const PLACE = /^(.*)\[(\d+)\]$/;

/** The scenario that a seed of a swarm meets. */
export function withMix(written: Written, mix: readonly SwarmDraw[]): Written {
  const drawn = mix.filter(({ isOn }) => isOn);
  const listOf = (isOf: (place: string) => boolean): Written[] =>
    drawn.filter(({ place }) => isOf(place)).map((draw) => asDrawn(entryAt(written, draw), draw));
  const faults = listOf((place) => !place.startsWith('landing['));
  const landing = listOf((place) => place.startsWith('landing['));
  const fixed = withValue(written, ['run', 'swarm'], undefined);
  const withFaults = withValue(fixed, ['faults'], faults.length > 0 ? faults : undefined);
  return withValue(withFaults, ['landing'], landing.length > 0 ? landing : undefined);
}

function entryAt(written: Written, { place }: SwarmDraw): Written {
  const [, path = '', index = '0'] = PLACE.exec(place) ?? [];
  const list = valueAt(written, path.split('.'));
  const entry: unknown = Array.isArray(list) ? list[Number(index)] : undefined;
  return isMap(entry) ? entry : {};
}

function asDrawn(entry: Written, { rate, forMs, count }: SwarmDraw): Written {
  return {
    ...entry,
    // Shares are drawn to six places, which are four of a percentage.
    ...(rate !== undefined && { rate: `${Number((rate * 100).toFixed(4))}%` }),
    ...(forMs !== undefined && { for: `${forMs}ms` }),
    ...(count !== undefined && { count }),
  };
}
