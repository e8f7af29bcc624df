/** The signals of a session that an oracle complains about: distance and acceleration over one axis of time. */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type {
  PlottedAcceleration,
  PlottedDistance,
  SessionPlot,
} from '../exhibits/session-plot.ts';
import { formatPlural } from '../oracles/oracle.ts';
import { BIN_STORIES } from './bin-stories.ts';
import type { BinKind } from './bin-stories.ts';
import { renderTrackChart } from './track-chart.ts';
import type { Marks, Point, Track } from './track-chart.ts';

/** Above this many samples a signal is a line: its single samples cannot be told apart any more. */
const DOTS_MAX = 400;
const DISTANCE_PX = 110;
const AXIS_PX = 44;
const TICKS = 4;

type Reading = Pick<PlottedDistance, 'atMs' | 'bin'>;

/** Draws a session. */
export function renderSession(plot: SessionPlot): Html {
  const { startMs, endMs, distances, accelerations } = plot;
  const axes = (['x', 'y', 'z'] as const).map((axis) => accelerationTrack(accelerations, axis));
  return html`<figure class="session">
    ${renderTrackChart({
      tracks: [distanceTrack(distances), ...axes],
      from: startMs,
      until: endMs,
      ticks: listTicks(startMs, endMs),
      description: describe(plot),
    })}
    <figcaption>
      <p>${tellWhose(plot)}</p>
      <ul class="legend">
        <li class="right">reading that ended as it should</li>
        <li class="missing">reading that did not land</li>
        <li class="wrong">reading that ended wrong</li>
      </ul>
    </figcaption>
  </figure>`;
}

function distanceTrack(distances: readonly PlottedDistance[]): Track {
  const values = distances.map(({ distance }) => distance);
  return trackOf(
    'Trainer: distance',
    DISTANCE_PX,
    values,
    byKind(distances, (one) => one.distance),
  );
}

function accelerationTrack(samples: readonly PlottedAcceleration[], axis: 'x' | 'y' | 'z'): Track {
  const values = samples.map((sample) => sample[axis]);
  return trackOf(
    `Phone: acceleration ${axis}`,
    AXIS_PX,
    values,
    byKind(samples, (one) => one[axis]),
  );
}

function trackOf(
  label: string,
  height: number,
  values: readonly number[],
  marks: readonly Marks[],
): Track {
  const [min, max] = [Math.min(0, ...values), Math.max(0, ...values)];
  const low = values.length === 0 ? 0 : Math.min(...values);
  // Steps vary within a hundred units above 200: an axis from 0 on would hide that.
  const floor = low > 0 && low > max / 2 ? low : min;
  return { label, height, min: floor, max, ends: [format(floor), format(max)], marks };
}

/** The marks of readings by what became of them; what ended wrong is drawn last and lies on top. */
function byKind<One extends Reading>(
  readings: readonly One[],
  valueOf: (one: One) => number,
): Marks[] {
  const isLine = readings.length > DOTS_MAX;
  return (['right', 'missing', 'wrong'] as const).map((kind) => ({
    kind,
    isLine: isLine && kind === 'right',
    points: readings
      .filter(({ bin }) => kindOf(bin) === kind)
      .map((one): Point => [one.atMs, valueOf(one)]),
  }));
}

function kindOf(bin: PlottedDistance['bin']): BinKind | undefined {
  return BIN_STORIES.find((story) => story.bin === bin)?.kind;
}

function listTicks(startMs: number, endMs: number): (readonly [number, string])[] {
  return Array.from({ length: TICKS + 1 }, (_, index) => {
    const atMs = startMs + ((endMs - startMs) * index) / TICKS;
    return [atMs, new Date(Math.round(atMs)).toISOString().slice(11, 19)] as const;
  });
}

function tellWhose({
  oracle,
  person,
  session,
  serialNumber,
  startMs,
  distances,
}: SessionPlot): Html {
  const box =
    serialNumber === undefined ? undefined : html` on trainer <code>${serialNumber}</code>`;
  const others = [...new Set(distances.flatMap(({ believed }) => believed))].filter(
    (believed) => believed !== person,
  );
  const taken =
    others.length === 0
      ? ''
      : ` The pipeline takes readings of it for ${others.map((other) => `person ${other}`).join(', ')}.`;
  const day = new Date(startMs).toISOString().slice(0, 10);
  return html`Session ${session} of person ${person} on ${day}${box}, which
    <code>${oracle}</code> complains about.${taken} Times are UTC.`;
}

function describe({ person, distances, accelerations }: SessionPlot): string {
  const wrong = [...distances, ...accelerations].filter(({ bin }) => kindOf(bin) === 'wrong');
  return `Signals of a session of person ${person} over time: ${formatPlural(distances.length, 'distance')} of the trainer above ${formatPlural(accelerations.length, 'acceleration sample')} of the phone; ${formatPlural(wrong.length, 'reading')} ended wrong.`;
}

function format(value: number): string {
  return Number(value.toFixed(2)).toLocaleString('en-US').replace('-', '−');
}
