import { describe, expect, it } from 'vitest';
import { DeviceWhereabouts } from '../../../bridge/core/device-whereabouts.ts';
import type { DeviceEvent, HeardPort } from '../../../bridge/core/device-whereabouts.ts';

const NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';
const OTHER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334456';

/** A port on which a boot of a device was heard at a time; the number of the port says where. */
function port(at: number, boot: string, heardMs?: number, serialNumber = NUMBER): HeardPort {
  return { path: `/dev/ttyUSB${at}`, identity: { serialNumber, boot }, heardMs };
}

/** Looks each second, and tells what was told each time. */
function follow(...looks: readonly (readonly HeardPort[])[]): (readonly DeviceEvent[])[] {
  const whereabouts = new DeviceWhereabouts();
  return looks.map((ports, second) => whereabouts.look(ports, second * 1_000));
}

const kinds = (events: readonly (readonly DeviceEvent[])[]): string[][] =>
  events.map((each) => each.map(({ kind }) => kind));

describe('a device', () => {
  it('comes once', () => {
    expect(follow([port(0, 'B001')], [port(0, 'B001')])).toEqual([
      [
        {
          kind: 'came',
          path: '/dev/ttyUSB0',
          identity: { serialNumber: NUMBER, boot: 'B001' },
          fromPath: undefined,
        },
      ],
      [],
    ]);
  });

  it.each([
    ['came-back', 'B001'],
    ['restarted', 'B002'],
  ])('%s under boot %s on the same port and on another', (kind, boot) => {
    const [, , same] = follow([port(0, 'B001')], [], [port(0, boot)]);
    expect(same).toMatchObject([{ kind, path: '/dev/ttyUSB0', fromPath: undefined }]);
    const [, , other] = follow([port(0, 'B001')], [], [port(1, boot)]);
    expect(other).toMatchObject([{ kind, path: '/dev/ttyUSB1', fromPath: '/dev/ttyUSB0' }]);
  });

  it('starts again on its port', () => {
    const asked: HeardPort = { path: '/dev/ttyUSB0', identity: undefined, heardMs: 1 };
    expect(kinds(follow([port(0, 'B001')], [asked], [port(0, 'B002')]))).toEqual([
      ['came'],
      [],
      ['restarted'],
    ]);
  });

  it('changes places with another', () => {
    const events = follow(
      [port(0, 'B001'), port(1, 'C001', 0, OTHER)],
      [port(0, 'C002', 900, OTHER), port(1, 'B002', 900)],
    );
    expect(events[1]).toMatchObject([
      { kind: 'restarted', path: '/dev/ttyUSB0', fromPath: '/dev/ttyUSB1' },
      { kind: 'restarted', path: '/dev/ttyUSB1', fromPath: '/dev/ttyUSB0' },
    ]);
  });
});

describe('one serial number on two ports', () => {
  const both = (boot: string, heardMs: number): HeardPort[] => [
    port(0, 'B001', heardMs),
    port(1, boot, heardMs),
  ];

  it.each([
    ['same-device', 'B001'],
    ['same-number', 'C001'],
  ])('is told as %s once, while both are heard', (kind, boot) => {
    const events = follow(both(boot, -1), both(boot, 900), both(boot, 1_900), both(boot, 2_900));
    expect(kinds(events).slice(1)).toEqual([[kind], [], []]);
    expect(events[1]).toEqual([
      { kind, serialNumber: NUMBER, paths: ['/dev/ttyUSB0', '/dev/ttyUSB1'] },
    ]);
  });

  it('is told again after it was over', () => {
    const events = follow(
      both('C001', -1),
      both('C001', 900),
      [port(0, 'B001', 1_900)],
      both('C001', 1_900),
      both('C001', 3_900),
    );
    expect(kinds(events)).toEqual([
      ['came', 'restarted'],
      ['same-number'],
      [],
      ['came-back'],
      ['same-number'],
    ]);
  });

  it('is nothing when the device has gone from one of them, and only its port has stayed', () => {
    const moved = (heardMs: number): HeardPort[] => [
      port(0, 'B001', 500),
      port(1, 'B001', heardMs),
    ];
    const events = follow([port(0, 'B001', -1)], moved(1_500), moved(2_500), moved(3_500));
    expect(kinds(events)).toEqual([['came'], ['came-back'], [], []]);
  });

  it('is nothing when nobody was heard for long', () => {
    const quiet = Array.from({ length: 9 }, () => both('C001', 1_900));
    const events = follow(
      both('C001', -1),
      ...quiet.map((ports, at) => (at < 7 ? both('C001', -1) : ports)),
    );
    expect(kinds(events).slice(1)).toEqual(quiet.map(() => []));
  });
});
