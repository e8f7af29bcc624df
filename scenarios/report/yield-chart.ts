/** How many of the right ML pairs were found, against how far the phone's clock was off: what clocks may cost. */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { JoinYield } from '../exhibits/exhibits.ts';
import type { ScenarioResult } from '../run/result.ts';
import { formatPlural } from '../oracles/oracle.ts';
import { formatShare } from './quantities.ts';
import { renderTrackChart } from './track-chart.ts';
import type { Point } from './track-chart.ts';

const HEIGHT_PX = 130;
/** At this yield and above a person counts as found. */
const FOUND = 0.95;
/** Clocks of several scenarios are drawn together only if they differ by more than this, in ms. */
const SAME_CLOCK_MS = 1;
/** Skews are drawn on the scale of their logarithm: 1 ms and 1 h are both of interest. */
const TICKS_MS = [-3_600_000, -60_000, -1_000, -30, 0, 30, 1_000, 60_000, 3_600_000];
/** What is summed up together: phones within so many ms, and not within the one before. */
const BANDS_MS = [30, 1_000, 2_500, Infinity];

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
            label: 'Right pairs that were found',
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
        Across: how far the phone’s clock was off, logarithmic on both sides of 0. Each mark is a
        person, or several whose clocks are off by the same; a square is a person with less than 95%
        of the pairs.
      </figcaption>
    </figure>
  </section>`;
}

/** The yield within each band of skews that somebody's phone is in. */
function tellBudget(people: readonly JoinYield[]): string {
  const bands = BANDS_MS.flatMap((bound, index) => {
    const above = BANDS_MS[index - 1] ?? -1;
    const inside = people.filter(({ skewMs }) => {
      return Math.abs(skewMs) > above && Math.abs(skewMs) <= bound;
    });
    const pairs = inside.reduce((sum, one) => sum + one.pairs, 0);
    const found = inside.reduce((sum, one) => sum + Math.round(one.pairs * one.yield), 0);
    if (pairs === 0) return [];
    const where = bound === Infinity ? `beyond ${formatMs(above)}` : `within ${formatMs(bound)}`;
    return [`${formatShare(found, pairs)} of ${formatPlural(pairs, 'pair')} ${where}`];
  });
  return `Right pairs of step and phone sample that were found, by how far the phone's clock was off: ${bands.join(', ')}.`;
}

/** The logarithm with its sign, straight around 0. */
function toLog(ms: number): number {
  return Math.sign(ms) * Math.log10(1 + Math.abs(ms));
}

function formatMs(ms: number): string {
  if (ms === 0) return '0';
  const size = Math.abs(ms);
  const sign = ms < 0 ? '−' : '';
  if (size >= 3_600_000) return `${sign}${Math.round(size / 3_600_000)} h`;
  if (size >= 60_000) return `${sign}${Math.round(size / 60_000)} min`;
  if (size >= 1_000) return `${sign}${Number((size / 1_000).toFixed(1))} s`;
  return `${sign}${Number(size.toFixed(size < 10 ? 1 : 0))} ms`;
}
