import { describe, expect, it } from 'vitest';
import { stepDeviceSession } from '../../../bridge/core/device-session.ts';
import type { DeviceSession, SessionStep } from '../../../bridge/core/device-session.ts';
import type { SessionEvent } from '../../../bridge/core/session-events.ts';
import { encodeDeviceLine } from '../../../firmware-protocol/index.ts';
import type { HostCommand } from '../../../firmware-protocol/index.ts';
import {
  also,
  announced,
  answered,
  asking,
  beat,
  BOOT,
  bootLine,
  CLOCK,
  errorLine,
  heard,
  heardText,
  IDENTIFY,
  idResponse,
  landed,
  nothing,
  NOW_MS,
  quarantined,
  readingOf,
  remembering,
  SETTLING,
  STOP,
  stranger,
  STREAMING,
  SYNC,
  waiting,
  woken,
} from './session-states.ts';
import type { SessionRow } from './session-states.ts';

const IDENTIFYING = waiting(stranger(SETTLING), 'identifying', IDENTIFY);
const SILENT: DeviceSession = { ...STREAMING, phase: 'silent', dueMs: NOW_MS + 5_000 };

/** Wakes a session when it asked for it, `turns` times, and never answers; tells when it sent something, in ms. */
function playUnanswered(
  first: SessionStep,
  turns: number,
): { readonly phase: string; readonly sends: readonly number[] } {
  const sends: number[] = [];
  let { session, effects } = first;
  let nowMs = NOW_MS;
  for (let turn = 0; turn < turns; turn++) {
    for (const effect of effects) {
      if (effect.kind === 'send') sends.push(nowMs - NOW_MS);
      if (effect.kind === 'wake') nowMs = effect.atMs;
    }
    ({ session, effects } = stepDeviceSession(session, woken(nowMs)));
  }
  return { phase: session.phase, sends };
}

function check(rows: readonly SessionRow[]): void {
  it.each(rows)('%s', (_what, from, event, step) => {
    expect(stepDeviceSession(from, event)).toEqual(step);
  });
}

describe('a session without an answer', () => {
  const cases: readonly [HostCommand, DeviceSession['phase']][] = [
    [IDENTIFY, 'identifying'],
    [{ kind: 'capabilities' }, 'negotiating'],
    [{ kind: 'start', rateHz: 50 }, 'starting'],
    [SYNC, 'syncing'],
  ];
  it.each(cases)('to %j asks three times, is silent for 5 s and tries again', (command, phase) => {
    // Seven wake-ups are three attempts, the pause, and three attempts.
    expect(playUnanswered(asking(STREAMING, phase, command), 7)).toEqual({
      phase: 'silent',
      sends: [0, 400, 800, 6_200, 6_600, 7_000],
    });
  });

  check([
    [
      'does not ask again before it is time',
      IDENTIFYING,
      woken(NOW_MS + 389.9),
      nothing(IDENTIFYING),
    ],
    [
      'goes on landing readings of the boot that it knows',
      SILENT,
      heard(readingOf()),
      also(nothing(remembering(SILENT)), landed()),
    ],
    ['waits', SILENT, woken(NOW_MS + 4_999), nothing(SILENT)],
    [
      'asks who is there, without forgetting who was',
      SILENT,
      woken(NOW_MS + 5_000),
      asking(SILENT, 'identifying', IDENTIFY, NOW_MS + 5_000),
    ],
  ]);

  it.each([
    [BOOT, CLOCK],
    ['0001', undefined],
  ])('when boot %s answers at last, its clock is %j', (boot, clock) => {
    const from = waiting(SILENT, 'identifying', IDENTIFY);
    const { session } = stepDeviceSession(from, heard(idResponse('20', boot)));
    expect(session).toMatchObject({ phase: 'negotiating', identity: { boot }, started: false });
    expect(session.clock).toEqual(clock);
  });
});

describe('a line that is glued to another', () => {
  const bootText = `!BOOT,91C4,PWR*FAC4`;
  const glue = (text: string): string => `$R,7F3A,7,15${text}`;
  const boot = encodeDeviceLine(bootLine('91C4')).slice(0, -1);
  check([
    [
      'is a reason to ask when somebody boots behind it, and none to forget who was there',
      STREAMING,
      heardText(glue(boot)),
      also(asking(STREAMING, 'identifying', IDENTIFY), quarantined('garbled-line', glue(boot))),
    ],
    [
      'is none while somebody is asked',
      IDENTIFYING,
      heardText(glue(boot)),
      also(nothing(IDENTIFYING), quarantined('garbled-line', glue(boot))),
    ],
    [
      'is none when the boot behind it is damaged, too',
      STREAMING,
      heardText(glue(bootText)),
      also(nothing(STREAMING), quarantined('garbled-line', glue(bootText))),
    ],
    [
      'is none when it is something else',
      STREAMING,
      heardText(glue(encodeDeviceLine(beat('91C4')).slice(0, -1))),
      also(
        nothing(STREAMING),
        quarantined('garbled-line', glue(encodeDeviceLine(beat('91C4')).slice(0, -1))),
      ),
    ],
  ]);
});

describe('the first line of a port', () => {
  const unheard: DeviceSession = { ...SETTLING, hasHeard: false };
  const tail = '421,181,0*0D16\r';
  check([
    [
      'is cut off when it is the rest of one',
      unheard,
      heardText(tail),
      also(nothing(SETTLING), quarantined('line-cut-off', tail)),
    ],
    [
      'is garbled when it was whole',
      unheard,
      heardText('$R,7F3A,0,421,182,0*0D16'),
      also(nothing(SETTLING), quarantined('garbled-line', '$R,7F3A,0,421,182,0*0D16')),
    ],
    ['may be empty', unheard, heardText('\r'), nothing(SETTLING)],
    [
      'is the only one that can be the rest of another',
      SETTLING,
      heardText(tail),
      also(nothing(SETTLING), quarantined('garbled-line', tail)),
    ],
  ]);
});

describe('a session that closes', () => {
  it('says STOP three times when nobody answers, and then no more', () => {
    expect(playUnanswered(asking(STREAMING, 'closing', STOP), 10)).toEqual({
      phase: 'closing',
      sends: [0, 400, 800],
    });
  });

  const closing: SessionEvent = { kind: 'closing', atMs: NOW_MS };
  const stopping = waiting(STREAMING, 'closing', STOP);
  const starting = waiting({ ...STREAMING, started: false }, 'starting', {
    kind: 'start',
    rateHz: 50,
  });
  const closed = answered(stopping);
  check([
    ['stops the device', STREAMING, closing, asking(STREAMING, 'closing', STOP)],
    ['stops a device that may have started', starting, closing, asking(starting, 'closing', STOP)],
    [
      'asks nothing of a port without a device',
      IDENTIFYING,
      closing,
      nothing({ ...answered(IDENTIFYING), phase: 'closing' }),
    ],
    [
      'lands what still comes',
      stopping,
      heard(readingOf()),
      also(nothing(remembering(stopping)), landed()),
    ],
    [
      'hears that it has stopped',
      stopping,
      heard({ kind: 'stopped', tag: '20', seq: 8 }),
      nothing({ ...closed, started: false }),
    ],
    ['or that it cannot', stopping, heard(errorLine('20')), nothing(closed)],
    ['does nothing more when that is answered', closed, woken(NOW_MS + 60_000), nothing(closed)],
    ['asks no stranger', closed, heard(beat('0001')), nothing(closed)],
    ['asks nobody who boots', closed, heard(bootLine(BOOT)), nothing(announced(closed))],
    [
      'keeps a stranger out',
      closed,
      heard(readingOf('0001')),
      also(nothing(closed), quarantined('boot-not-introduced', readingOf('0001'))),
    ],
  ]);
});
