import { expect, test } from 'vitest';
import { estimateLandingBytes } from '../../../../simulator/landing-zone/core/landing-bytes.ts';
import {
  DEFAULT_LANDING,
  drawLandingHousehold,
  LANDING_FORMATS,
  LANDING_PROFILES,
} from '../../../../simulator/landing-zone/index.ts';
import { LANDING_OBJECTS } from '../../../../simulator/landing-zone/core/landing-columns.ts';
import { ObjectBuilders } from '../../../../simulator/landing-zone/object-builders.ts';
import { seededStreams } from '../../../../simulator/seeded-random.ts';

const streams = seededStreams(1);

test.each(
  LANDING_FORMATS.flatMap((format) =>
    LANDING_PROFILES.map((profile) => [format, profile] as const),
  ),
)('the estimate for %s of %s is a little more than what it takes', (format, profile) => {
  const customers = profile === 'continuous' ? 12 : 800;
  const spec = {
    ...DEFAULT_LANDING,
    profile,
    customers,
    phoneClock: { skewMs: 2_000, driftPpm: 0 },
    loss: 0.1,
  };
  const households = Array.from({ length: customers }, (_, household) =>
    drawLandingHousehold(spec, household, streams),
  );
  const builders = new ObjectBuilders(format);
  let bytes = 0;
  for (const kind of LANDING_OBJECTS) {
    const builder = builders.open(kind);
    for (const household of households) builder.add(household);
    bytes += builder.finish().length;
  }
  const ratio = estimateLandingBytes(spec, format) / bytes;
  expect(ratio).toBeGreaterThan(0.95);
  expect(ratio).toBeLessThan(1.5);
});
