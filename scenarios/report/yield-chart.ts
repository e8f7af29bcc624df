/** How many of the right ML pairs were found, against how far the phone's clock was off: what clocks may cost. */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { JoinYield } from '../exhibits/exhibits.ts';
import type { ScenarioResult } from '../run/result.ts';
import { formatPlural, formatShare } from './quantities.ts';
import { renderTrackChart } from './track-chart.ts';
import type { Point } from './track-chart.ts';

const HEIGHT_PX = 130;
/** At this yield and above a person counts as found. */
const FOUND = 0.95;
/** Clocks of several scenarios are drawn together only if they differ by more than this, in ms. */
const SAME_CLOCK_MS = 1;
/** Skews are drawn on the scale of their logarithm: 1 ms and 1 h are both of interest. */
const TICKS_MS = [-3_600_000, -60_000, -1_000, -30, -1, 0, 1, 30, 1_000, 60_000, 3_600_000];

/** Draws the people of all scenarios. Nothing, where all clocks agree. */
export function renderYield(scenarios: readonly ScenarioResult[]): Html | undefined {
  const people = scenarios.flatMap(({ exhibits }) => exhibits.joinYieldBySkew);
  const off = people.filter(({ skewMs }) => Math.abs(skewMs) > SAME_CLOCK_MS);
  if (off.length === 0) return undefined;
  const bound = Math.max(...people.map(({ skewMs }) => Math.abs(skewMs)));
  const isFound = (one: JoinYield): boolean => one.yield >= FOUND;
  const point = (one: JoinYield): Point => [toLog(one.skewMs), one.yield];
  return html`<section aria-labelledby="yield">
    <h2 id="yield">What the phones’ clocks cost</h2>
    <p class="story">${tellBudget(people)}</p>
    <figure>
      ${renderTrackChart({
        tracks: [
          {
            label: 'Right pairs of step and phone sample that were found',
            height: HEIGHT_PX,
            min: 0,
            max: 1,
            ends: ['0%', '100%'],
            marks: [
              { kind: 'right', points: people.filter(isFound).map(point) },
              { kind: 'wrong', points: people.filter((one) => !isFound(one)).map(point) },
            ],
          },
        ],
        from: -toLog(bound),
        until: toLog(bound),
        ticks: TICKS_MS.filter((ms) => Math.abs(ms) <= bound).map(
          (ms) => [toLog(ms), formatMs(ms)] as const,
        ),
        description: `Join yield against the skew of the phone's clock. ${tellBudget(people)}`,
      })}
      <figcaption>
        Each mark is a person, or several whose clocks are off by the same; the axis is logarithmic
        on both sides of 0.
      </figcaption>
    </figure>
  </section>`;
}

function tellBudget(people: readonly JoinYield[]): string {
  const pairs = people.reduce((sum, one) => sum + one.pairs, 0);
  const found = people.reduce((sum, one) => sum + Math.round(one.pairs * one.yield), 0);
  const all = `Of ${formatPlural(pairs, 'right pair')} that belong into machine_learning_curated, ${formatShare(found, pairs)} were found.`;
  const lost = people.filter((one) => one.yield < FOUND).map(({ skewMs }) => Math.abs(skewMs));
  if (lost.length === 0) return `${all} Nobody lost more than 5% of theirs.`;
  return `${all} Of the people who lost more than 5% of theirs, the best clock was off by ${formatMs(Math.min(...lost))}.`;
}

/** The logarithm with its sign, straight around 0. */
function toLog(ms: number): number {
  return Math.sign(ms) * Math.log10(1 + Math.abs(ms));
}

function formatMs(ms: number): string {
  const size = Math.abs(ms);
  const sign = ms < 0 ? '−' : '';
  if (size >= 3_600_000) return `${sign}${Math.round(size / 3_600_000)} h`;
  if (size >= 60_000) return `${sign}${Math.round(size / 60_000)} min`;
  if (size >= 1_000) return `${sign}${Number((size / 1_000).toFixed(1))} s`;
  return `${sign}${Number(size.toFixed(size < 10 ? 1 : 0))} ms`;
}
