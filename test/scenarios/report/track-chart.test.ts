import { describe, expect, it } from 'vitest';
import { renderTrackChart } from '../../../scenarios/report/track-chart.ts';
import type { Track } from '../../../scenarios/report/track-chart.ts';
import { findAll, findOne, parsePage, textOf } from '../../presentation/parsed-page.ts';
import type { PageElement } from '../../presentation/parsed-page.ts';

const TRACK: Track = {
  label: 'distance',
  height: 50,
  min: 0,
  max: 10,
  ends: ['0', '10'],
  marks: [{ kind: 'right', points: [[100, 0]] }],
};

function draw(
  tracks: readonly Track[],
  ticks: readonly (readonly [number, string])[] = [],
): PageElement {
  return parsePage(renderTrackChart({ tracks, from: 100, until: 200, ticks, description: 'D' }));
}

function pathOf(track: Partial<Track>): string {
  const [path] = findAll(draw([{ ...TRACK, ...track }]), 'path').filter(
    ({ attributes }) => attributes['class']?.startsWith('marks') === true,
  );
  return path?.attributes['d'] ?? '';
}

describe('renderTrackChart', () => {
  it('puts points where they are on both axes, high values on top', () => {
    const points = [
      [100, 0],
      [150, 10],
      [200, 5],
    ] as const;
    expect(pathOf({ marks: [{ kind: 'right', points }] })).toBe('M0 100h0M500 0h0M1000 50h0');
    expect(pathOf({ marks: [{ kind: 'right', points, isLine: true }] })).toBe(
      'M0 100L500 0L1000 50',
    );
  });

  it('draws what lies beyond an axis at its end, and what has no axis in the middle', () => {
    const points = [
      [0, 99],
      [300, -99],
    ] as const;
    expect(pathOf({ marks: [{ kind: 'wrong', points }] })).toBe('M0 0h0M1000 100h0');
    expect(pathOf({ min: 3, max: 3, marks: [{ kind: 'wrong', points: [[100, 3]] }] })).toBe(
      'M0 50h0',
    );
  });

  it('keeps tracks apart, inside its height, with labels for each and for the common axis', () => {
    const page = draw(
      [TRACK, TRACK],
      [
        [100, 'begin'],
        [150, 'middle'],
        [200, 'end'],
      ],
    );
    const [, first, second] = findAll(page, 'svg').map(({ attributes }) => Number(attributes['y']));
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(TRACK.height);
    expect(Number(findAll(page, 'svg')[0]?.attributes['height'])).toBeGreaterThan(
      (second ?? 0) + TRACK.height,
    );
    expect(findAll(page, 'text').map((text) => textOf(text).trim())).toEqual([
      'begin',
      'middle',
      'end',
      'distance',
      '0 to 10',
      'distance',
      '0 to 10',
    ]);
    const anchors = findAll(page, 'text').map(({ attributes }) => attributes['text-anchor']);
    expect(anchors.slice(0, 3)).toEqual(['start', 'middle', 'end']);
  });

  it('says in words what it shows', () => {
    expect(findOne(draw([]), 'svg').attributes).toMatchObject({ role: 'img', 'aria-label': 'D' });
  });
});
