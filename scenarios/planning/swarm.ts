/**
 * Swarms: each seed draws its own mix of faults within what the scenario lists. A fault is on with a probability; one that
 * is on keeps its place and its beginning, and has a tenth of its rate, length and number, or anything up to all of it. So
 * no seed is treated worse than the scenario itself, whose limits hold for each of them.
 */
import { seededStreams } from '../../simulator/index.ts';
import type { Random } from '../../simulator/index.ts';
import type { Scenario, ScenarioDirt, ScenarioFault } from '../schema/index.ts';

/** The probability of each fault, if the scenario names none. */
const EACH = 0.5;
/** The least share of what is listed that a fault has when it is on. */
const SHARE_MIN = 0.1;

/** What a seed drew for one listed fault. */
export interface SwarmDraw {
  /** Where it stands in the scenario file, such as `faults[2]`. */
  readonly place: string;
  readonly kind: string;
  readonly isOn: boolean;
  /** As drawn, when it is on and has these: a share 0–1, ms, a number of lines or objects. */
  readonly rate?: number;
  readonly forMs?: number;
  readonly count?: number;
}

/** A scenario as one seed of a swarm meets it. */
export interface SwarmScenario {
  readonly scenario: Scenario;
  /** Left out where there is nothing to draw. */
  readonly mix?: readonly SwarmDraw[];
}

/** What all listed faults have that may be drawn. */
interface Drawable {
  readonly kind: string;
  readonly rate?: number | undefined;
  readonly for?: number | undefined;
  readonly count?: number | undefined;
}

/** One listed fault after the draw. */
interface Drawn<Fault> {
  readonly fault: Fault;
  readonly draw: SwarmDraw;
  /** How near it was to being on, for the case that none is. */
  readonly luck: number;
}

/** Draws the mix of a seed. The same seed draws the same mix, alone or in a sweep. */
export function drawSwarm(listed: Scenario, seed: number): SwarmScenario {
  const { swarm } = listed.run;
  if (swarm === false) return { scenario: listed };
  const { each = EACH, faults: more = [] } = swarm ?? {};
  const streams = seededStreams(seed);
  const draw = <Fault extends Drawable>(fault: Fault, place: string): Drawn<Fault> =>
    drawFault(fault, { place, each, random: streams(`swarm/${place}`) });
  const faults = [
    ...listed.faults.map((fault, index) => draw<ScenarioFault>(fault, `faults[${index}]`)),
    ...more.map((fault, index) => draw<ScenarioFault>(fault, `run.swarm.faults[${index}]`)),
  ];
  const landing = listed.landing.map((dirt, index) =>
    draw<ScenarioDirt>(dirt, `landing[${index}]`),
  );
  const all = [...faults, ...landing];
  if (all.length === 0) return { scenario: listed };
  const chosen = chooseOn(all);
  const keep = <Fault>(drawn: readonly Drawn<Fault>[]): Fault[] =>
    drawn.filter(({ draw: { place } }) => chosen.has(place)).map(({ fault }) => fault);
  return {
    scenario: { ...listed, faults: keep(faults), landing: keep(landing) },
    mix: all.map(({ draw: { place, kind, ...values } }) =>
      chosen.has(place) ? { place, kind, ...values, isOn: true } : { place, kind, isOn: false },
    ),
  };
}

/** The places of the faults that are on; the luckiest when none is, as a run without any tests little. */
function chooseOn(all: readonly Drawn<unknown>[]): ReadonlySet<string> {
  const on = all.filter(({ draw }) => draw.isOn);
  const luckiest = all.toSorted((left, right) => left.luck - right.luck).slice(0, 1);
  return new Set((on.length > 0 ? on : luckiest).map(({ draw }) => draw.place));
}

function drawFault<Fault extends Drawable>(
  fault: Fault,
  { place, each, random }: { place: string; each: number; random: Random },
): Drawn<Fault> {
  const luck = random.next();
  const share = (): number => SHARE_MIN + (1 - SHARE_MIN) * random.next();
  // Drawn whether the fault has them or not, so that a value more draws nothing else anew.
  const [rateShare, forShare, countShare] = [share(), share(), share()];
  const { kind, rate, for: forMs, count } = fault;
  const drawn = {
    ...(rate !== undefined && { rate: Number((rate * rateShare).toFixed(6)) }),
    ...(count !== undefined && { count: Math.max(1, Math.round(count * countShare)) }),
  };
  const length = forMs === undefined ? undefined : Math.max(1, Math.round(forMs * forShare));
  return {
    fault: { ...fault, ...drawn, ...(length !== undefined && { for: length }) },
    draw: {
      place,
      kind,
      isOn: luck < each,
      ...drawn,
      ...(length !== undefined && { forMs: length }),
    },
    luck,
  };
}
