import { describe, expect, test } from 'vitest';
import type { KitProgress, KitReport } from '../../../device-bench/index.ts';
import { KIT_MS_MAX } from '../../../device-bench/index.ts';
import { RULE_IDS, RULES } from '../../../firmware-protocol/index.ts';
import type { VirtualBoardOptions } from '../../../simulator/index.ts';
import { board, runKit, ScriptedLink } from './scripted-link.ts';

/** A dead device is given up after this time. */
const DEAD_MS_MAX = 15_000;
const QUIET_MS = 4_000;

type Rework = NonNullable<VirtualBoardOptions['rework']>;

/** A board that hears no line with `text` in it. */
function deafTo(text: string): Rework {
  return ({ step }) => ({
    step: (state, event) =>
      event.kind === 'received' && event.bytes.includes(text)
        ? { state, effects: [] }
        : step(state, event),
  });
}

/** A board that hears nothing more once it has heard `text`. */
function deafFrom(text: string): Rework {
  return ({ step }) => {
    let isDeaf = false;
    return {
      step: (state, event) => {
        isDeaf ||= event.kind === 'received' && event.bytes.includes(text);
        return isDeaf && event.kind === 'received' ? { state, effects: [] } : step(state, event);
      },
    };
  };
}

/** A board that streams from its boot on and hears nothing. */
const freeRunning: Rework = ({ step }) => ({
  step: (state, event) => {
    if (event.kind === 'received') return { state, effects: [] };
    const after = step(state, event);
    return event.kind === 'power-on' && after.state.power === 'on'
      ? { ...after, state: { ...after.state, rateHz: 10 } }
      : after;
  },
});

function resultsOf({ rules }: KitReport, verdict: string): readonly string[] {
  return rules.filter((result) => result.verdict === verdict).map(({ id }) => id);
}

function sentIn({ transcript }: KitReport): readonly string[] {
  return transcript.flatMap((entry) => (entry.kind === 'sent' ? [entry.bytes] : []));
}

describe('a healthy device', () => {
  const progress: KitProgress[] = [];
  const tested = board();
  const { report, endMs } = runKit(tested, { onProgress: (step) => progress.push(step) });

  test('passes at level 3, within 90 s, every rule but those that need something special', () => {
    expect(resultsOf(report, 'failed')).toEqual([]);
    expect(resultsOf(report, 'not-tested')).toEqual([
      'STL-RAW-001',
      'STL-RAW-002',
      'STL-FRAME-009',
    ]);
    expect([report.verdict, report.level, report.stopped]).toEqual(['passed', 'L3', undefined]);
    expect(endMs).toBeLessThan(90_000);
  });

  test('is named, with a result and a reason for each rule', () => {
    const { serialNumber } = tested;
    expect(report.device).toEqual({ serial: serialNumber, model: 'ST-1', firmware: '1.0.0' });
    expect(report.rules.map(({ id }) => id)).toEqual(RULE_IDS);
    for (const { id, verdict, chances, reason, title, hint } of report.rules) {
      expect({ id, title, hint }).toEqual({ id, title: RULES[id].title, hint: RULES[id].hint });
      expect({ id, chances: chances > 0, reason: reason === undefined }).toEqual({
        id,
        chances: verdict === 'passed',
        reason: verdict === 'passed',
      });
    }
  });

  test('is told STOP in the end, and its transcript is in the order of time', () => {
    expect(sentIn(report).at(-1)).toMatch(/^@\w+ STOP\*/);
    const times = report.transcript.map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('hears of each act as it begins', () => {
    const acts = report.transcript.flatMap((entry) => (entry.kind === 'act' ? [entry.name] : []));
    expect(progress.map(({ act }) => act)).toEqual(acts);
    expect(progress.map(({ done }) => done)).toEqual(acts.map((_, index) => index));
    expect(progress.every(({ done, total }) => done < total)).toBe(true);
  });

  test('gives the same report again with the same seed', () => {
    const again = runKit(board(), {}).report;
    expect(again.transcript).toEqual(report.transcript);
    const other = runKit(board(), { seed: 'other' }).report;
    expect(sentIn(other)).not.toEqual(sentIn(report));
  });
});

describe('legal variations pass', () => {
  test.each([
    ['a late boot behind garbage of the ROM', { bootDelayMs: 2_300, romGarbage: true }],
    ['LF only and chatter', { lineEnd: '\n', textEveryMs: 300 }],
    ['a slow line', { baudRate: 9_600 }],
    ['a host that is up to 100 ms late', { latencyMsMax: 100 }],
    ['readings by steps', { stepPeriodMs: 1_900, capabilities: ['SYNC', 'REBOOT', 'STEP'] }],
  ] as const)('%s', (_, options) => {
    const { report } = runKit(board(options));
    expect([resultsOf(report, 'failed'), report.level, report.stopped]).toEqual([
      [],
      'L3',
      undefined,
    ]);
  });

  test('a port that is opened in the middle of a stream', () => {
    const streaming = board();
    streaming.write('START 50\r\n');
    streaming.timers.run(9_000, Number.POSITIVE_INFINITY);
    const { report } = runKit(streaming);
    expect([resultsOf(report, 'failed'), report.level]).toEqual([[], 'L3']);
    expect(sentIn(report)[1]).toMatch(/STOP/);
  });

  test('a first command that is lost while the port is being opened', () => {
    let isFirst = true;
    const { report } = runKit(
      board({
        rework: ({ step }) => ({
          step: (state, event) => {
            if (event.kind !== 'received' || !isFirst || !event.bytes.includes('ID?')) {
              return step(state, event);
            }
            isFirst = false;
            return { state, effects: [] };
          },
        }),
      }),
    );
    expect([resultsOf(report, 'failed'), report.level]).toEqual([[], 'L3']);
  });
});

describe('levels', () => {
  test('a device without SYNC has level 2', () => {
    const { report } = runKit(board({ capabilities: ['REBOOT'] }));
    expect([report.verdict, report.level]).toEqual(['passed', 'L2']);
    const sync = report.rules.filter(({ id }) => id.startsWith('STL-SYNC'));
    expect(sync.map(({ verdict }) => verdict)).toEqual(sync.map(() => 'not-tested'));
  });

  test('a device that streams and hears nothing has level 1', () => {
    const { report, endMs } = runKit(board({ rework: freeRunning }));
    expect([report.verdict, report.level, report.stopped]).toEqual(['passed', 'L1', undefined]);
    expect(report.rules.find(({ id }) => id === 'STL-CMD-001')?.reason).toMatch(/no command/);
    expect(report.keptStreaming).toMatch(/readings/);
    expect(endMs).toBeLessThan(30_000);
  });

  test('a device of bare records has level 0', () => {
    const link = new ScriptedLink();
    const record = {
      sensorReadingTime: 1_655_564_444_103,
      serialNumber: '07',
      distanceFromObject: 9,
    };
    link.repeat(500, () => `${JSON.stringify(record)}\r\n`);
    const { report } = runKit(link);
    expect([report.verdict, report.level, report.stopped]).toEqual(['passed', 'L0', undefined]);
    expect(resultsOf(report, 'passed')).toEqual(['STL-RAW-001', 'STL-RAW-002']);
    expect(report.rules.find(({ id }) => id === 'STL-FRAME-001')?.reason).toMatch(/records/);
  });

  test('what was not asked for is not tested', () => {
    const { report } = runKit(board(), { level: 'L2' });
    expect(report.level).toBe('L2');
    expect(sentIn(report).some((bytes) => /SYNC \d{5}/.test(bytes))).toBe(false);
    expect(report.rules.find(({ id }) => id === 'STL-SYNC-005')?.reason).toMatch(/not asked for/);
  });

  test('options that the device has not are named', () => {
    const { report } = runKit(board({ capabilities: ['SYNC'] }));
    const reason = report.rules.find(({ id }) => id === 'STL-SEQ-002')?.reason;
    expect([report.level, reason]).toEqual(['L3', 'the device does not offer the option REBOOT']);
    expect(sentIn(report).some((bytes) => bytes.includes('REBOOT '))).toBe(false);
  });
});

describe('the kit ends', () => {
  test.each([
    ['nothing', undefined, /sends nothing/],
    ['garbage', '\x9f\xe0\x03\x80\xff', /baud rate/],
    ['text', 'login: \r\n', /sends text/],
  ])('with a device that answers with %s', (_, answer, stopped) => {
    const link = new ScriptedLink((__, other) => answer !== undefined && other.say(answer));
    const { report, endMs } = runKit(link);
    expect([report.verdict, report.level]).toEqual(['failed', undefined]);
    expect(report.stopped).toMatch(stopped);
    expect(endMs).toBeLessThan(DEAD_MS_MAX);
    expect(link.sent.filter((bytes) => bytes.includes('ID?')).length).toBeGreaterThanOrEqual(3);
    expect(link.sent.at(-1)).toMatch(/STOP/);
  });

  test.each([
    ['bytes without a line end', 'x'.repeat(200)],
    ['lines', 'hello\r\n'.repeat(40)],
    ['frames', '!HB,7F3A,4000*B213\r\n'.repeat(20)],
  ])('with a port that babbles %s', (_, bytes) => {
    const link = new ScriptedLink();
    link.repeat(2, () => bytes);
    const { report, endMs } = runKit(link);
    expect([report.verdict, report.stopped]).toEqual(['failed', expect.stringMatching(/./)]);
    expect(endMs).toBeLessThan(DEAD_MS_MAX);
    expect(report.transcript.length).toBeLessThan(40_000);
    expect(link.sent.at(-1)).toMatch(/STOP/);
  });

  test('at once when the port goes away', () => {
    const device = board();
    const { report, endMs } = runKit(device, {}, { 9_000: () => device.unplug() });
    expect([endMs, report.stopped]).toEqual([9_000, 'The port has gone away.']);
    expect(report.transcript.at(-1)).toEqual({ kind: 'closed', atMs: 9_000 });
  });

  test('with a STOP when it is stopped, and only once', () => {
    const { report, endMs } = runKit(
      board(),
      {},
      { 20_000: (kit) => kit.stop(), 20_001: (kit) => kit.stop() },
    );
    expect([report.verdict, report.stopped]).toEqual(['failed', 'The kit was stopped.']);
    expect(endMs).toBeLessThan(20_000 + QUIET_MS);
    expect(sentIn(report).at(-1)).toMatch(/STOP/);
  });

  test('with a device that cannot be stopped, and names it', () => {
    const { report, endMs } = runKit(board({ rework: deafTo('STOP*') }));
    expect(report.stopped).toMatch(/does not stop/);
    expect(report.keptStreaming).toMatch(/after the last STOP/);
    expect(
      sentIn(report)
        .slice(-3)
        .every((bytes) => bytes.includes('STOP')),
    ).toBe(true);
    expect(endMs).toBeLessThan(KIT_MS_MAX);
  });

  test('with a device that answers each line after a second', () => {
    const link = new ScriptedLink((bytes, other) => {
      const tag = /^@(\w+) /.exec(bytes)?.[1] ?? '';
      other.timers.at(other.timers.now() + 1_000, () => other.say(`=ERR,${tag},6\n`));
    });
    const { report, endMs } = runKit(link);
    expect(report.verdict).toBe('failed');
    expect(endMs).toBeLessThanOrEqual(KIT_MS_MAX);
  });
});

describe('what follows from a fault is not blamed', () => {
  /** A board that says each framed line in another way. */
  const saying = (change: (line: string) => string): Rework => {
    return ({ encode }) => ({
      encode: (line) => (line.kind === 'text' ? encode(line) : change(encode(line))),
    });
  };

  test.each<readonly [string, string, Rework]>([
    [
      'an echo of every line',
      'STL-FRAME-001',
      ({ step, send }) => ({
        step: (state, event) => {
          if (event.kind === 'received') send(event.bytes, true);
          return step(state, event);
        },
      }),
    ],
    ['a prompt in front of lines', 'STL-FRAME-001', saying((line) => `> ${line}`)],
    ['LF CR', 'STL-FRAME-006', saying((line) => line.replace('\r\n', '\n\r'))],
    ['CR CR LF', 'STL-FRAME-006', saying((line) => line.replace('\r\n', '\r\r\n'))],
    ['lines without a CRC', 'STL-FRAME-003', saying((line) => line.replace(/\*.*\r/, '\r'))],
    ['no more answers from an unknown command on', 'STL-ERR-004', deafFrom('HELP')],
  ])('%s', (_, rule, rework) => {
    expect(resultsOf(runKit(board({ rework })).report, 'failed')).toEqual([rule]);
  });

  test('a device that waits for its line instead of dropping readings does not keep the rate', () => {
    let freeMs = 0;
    const rework: Rework = ({ step }, timers) => ({
      step: (state, event) => {
        if (event.kind !== 'sampled') return step(state, event);
        if (timers.now() < freeMs) return { state, effects: [] };
        freeMs = timers.now() + 40;
        return step(state, event);
      },
    });
    const { report } = runKit(board({ rework, baudRate: 9_600 }));
    expect(resultsOf(report, 'failed')).toEqual(['STL-STREAM-002']);
  });
});
