import { describe, expect, it } from 'vitest';
import { FakePorts } from './fake-ports.ts';
import type { OpenedPort } from './fake-ports.ts';

const NUMBER = '5f8c2d1e-0a3b-4c5d-8e9f-001122334455';

/** The bridge has heard a device on a port just now. */
function hear(ports: FakePorts, port: OpenedPort | undefined, boot: string, serial = NUMBER): void {
  if (port === undefined) throw new RangeError('That port is not open');
  const identity = { boot, serialNumber: serial };
  port.status = { ...port.status, identity, heardMs: ports.time.now() + 500 };
}

/** Ports that are open already. */
async function plugged(...names: readonly string[]): Promise<FakePorts> {
  const ports = new FakePorts();
  ports.plug(...names);
  await ports.supervise('/dev/ttyUSB*');
  ports.said();
  return ports;
}

describe('a port that is named', () => {
  it('is opened at once when it is there', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0');
    const { status } = await ports.supervise('/dev/ttyUSB0');
    expect(ports.openPaths).toEqual(['/dev/ttyUSB0']);
    expect(status).toMatchObject({ ports: [{ path: '/dev/ttyUSB0', state: 'open' }], absent: [] });
    expect(ports.said()).toEqual(['The serial port /dev/ttyUSB0 is open.']);
  });

  it('is waited for, opened when it appears, and again each time that it is back', async () => {
    const ports = new FakePorts();
    const supervisor = await ports.supervise('/dev/ttyUSB0');
    await ports.looks(100);
    expect(ports.said()).toEqual([
      'There is no serial port at /dev/ttyUSB0 yet. It is opened when it appears.',
    ]);
    expect(supervisor.status.absent).toEqual(['/dev/ttyUSB0']);
    for (let time = 0; time < 3; time++) {
      ports.plug('/dev/ttyUSB0');
      await ports.looks(2);
      expect(supervisor.status.ports).toMatchObject([{ state: 'open' }]);
      ports.unplug('/dev/ttyUSB0');
      await ports.looks(50);
      expect(supervisor.status.ports).toMatchObject([{ state: 'waiting', session: undefined }]);
      expect(ports.said()).toEqual([
        'The serial port /dev/ttyUSB0 is open.',
        'The serial port /dev/ttyUSB0 is gone. It is opened again when it is back.',
      ]);
    }
    expect(ports.attempts).toHaveLength(3);
  });

  it('may vanish and come back between two looks', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0');
    await ports.supervise('/dev/ttyUSB0');
    ports.unplug('/dev/ttyUSB0');
    ports.plug('/dev/ttyUSB0');
    await ports.looks(1);
    expect(ports.openPaths).toEqual(['/dev/ttyUSB0']);
  });

  it('that leads elsewhere by now is opened anew', async () => {
    const ports = new FakePorts();
    ports.names.set('/dev/trainer', '/dev/pts/1');
    await ports.supervise('/dev/trainer');
    ports.names.set('/dev/trainer', '/dev/pts/2');
    await ports.looks(2);
    expect(ports.open.map(({ target }) => target)).toEqual(['/dev/pts/2']);
    expect(ports.opened[0]?.isOpen).toBe(false);
  });

  it('whose name has gone for good is given up, one that is away for a moment is not', async () => {
    const ports = new FakePorts();
    ports.names.set('/dev/trainer', '/dev/pts/1');
    await ports.supervise('/dev/trainer');
    ports.names.delete('/dev/trainer');
    await ports.looks(2);
    ports.names.set('/dev/trainer', '/dev/pts/1');
    await ports.looks(2);
    ports.names.delete('/dev/trainer');
    await ports.looks(2);
    expect(ports.opened).toMatchObject([{ isOpen: true }]);
    await ports.looks(1);
    expect(ports.opened).toMatchObject([{ isOpen: false }]);
  });
});

describe('a port that cannot be opened', () => {
  it.each([
    ['SERIAL_PORT_BUSY', 'busy'],
    ['SERIAL_PORT_DENIED', 'refused'],
    ['SERIAL_PORT_FAILED', 'refused'],
  ] as const)(
    'for %s is said once, tried less and less often, and opened when it is free',
    async (code, state) => {
      const ports = new FakePorts();
      ports.plug('/dev/ttyUSB0');
      ports.failures.set('/dev/ttyUSB0', code);
      const supervisor = await ports.supervise('/dev/ttyUSB0');
      expect(supervisor.status).toMatchObject({ ports: [{ state }], absent: ['/dev/ttyUSB0'] });
      await ports.looks(100);
      expect(ports.said()).toEqual([`/dev/ttyUSB0: ${code}. It is tried again by itself.`]);
      expect(ports.attempts.length).toBeGreaterThan(8);
      expect(ports.attempts.length).toBeLessThan(16);
      ports.failures.clear();
      await ports.looks(10);
      expect(ports.said()).toEqual(['The serial port /dev/ttyUSB0 is open.']);
      // What was hard to open once is tried at once the next time.
      ports.unplug('/dev/ttyUSB0');
      ports.plug('/dev/ttyUSB0');
      await ports.looks(1);
      expect(ports.openPaths).toEqual(['/dev/ttyUSB0']);
    },
  );

  it('since it has just gone is waited for', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0');
    ports.failures.set('/dev/ttyUSB0', 'SERIAL_PORT_NOT_FOUND');
    const supervisor = await ports.supervise('/dev/ttyUSB0');
    expect(supervisor.status.ports).toMatchObject([{ state: 'waiting' }]);
    expect(ports.said()).toEqual([]);
  });

  it('for another reason than before is said again', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0');
    for (const code of ['SERIAL_PORT_DENIED', 'SERIAL_PORT_BUSY', 'SERIAL_PORT_FAILED'] as const) {
      ports.failures.set('/dev/ttyUSB0', code);
      await (ports.supervisor === undefined ? ports.supervise('/dev/ttyUSB0') : ports.looks(20));
    }
    expect(ports.said()).toHaveLength(3);
  });

  it('keeps no other waiting', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0', '/dev/ttyUSB1');
    ports.failures.set('/dev/ttyUSB0', 'SERIAL_PORT_BUSY');
    await ports.supervise('/dev/ttyUSB*');
    expect(ports.openPaths).toEqual(['/dev/ttyUSB1']);
  });
});

describe('a pattern', () => {
  it('opens what matches, now and later, and forgets what has gone', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0', '/dev/ttyS0');
    const supervisor = await ports.supervise('/dev/ttyUSB*');
    ports.plug('/dev/ttyUSB7');
    await ports.looks(1);
    expect(ports.openPaths).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB7']);
    ports.unplug('/dev/ttyUSB0');
    await ports.looks(1);
    expect(supervisor.status).toMatchObject({ ports: [{ path: '/dev/ttyUSB7' }], absent: [] });
  });

  it('without a match is said once', async () => {
    const ports = new FakePorts();
    await ports.supervise('/dev/ttyUSB*');
    await ports.looks(10);
    expect(ports.said()).toEqual([
      'There is no serial port at /dev/ttyUSB* yet. It is opened when it appears.',
    ]);
  });

  it('and a name for the same port open it once, under either name', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0');
    ports.names.set('/dev/trainer', '/dev/ttyUSB0');
    const supervisor = await ports.supervise('/dev/ttyUSB*', '/dev/trainer');
    await ports.looks(5);
    expect(ports.attempts).toEqual(['/dev/ttyUSB0']);
    expect(supervisor.status).toMatchObject({ ports: [{ path: '/dev/ttyUSB0' }], absent: [] });
    ports.names.delete('/dev/ttyUSB0');
    await ports.looks(5);
    expect(ports.openPaths).toEqual(['/dev/trainer']);
  });
});

describe('people are told', () => {
  it('which device is where, and that it has moved', async () => {
    const ports = await plugged('/dev/ttyUSB0');
    hear(ports, ports.open[0], 'B001');
    await ports.looks(3);
    ports.unplug('/dev/ttyUSB0');
    ports.plug('/dev/ttyUSB1');
    await ports.looks(1);
    hear(ports, ports.open[0], 'B001');
    await ports.looks(3);
    expect(ports.said()).toEqual([
      `Device ${NUMBER} is on /dev/ttyUSB0.`,
      'The serial port /dev/ttyUSB0 is gone. It is opened again when it is back.',
      'The serial port /dev/ttyUSB1 is open.',
      `Device ${NUMBER} is on /dev/ttyUSB1, back without a restart, before it was on /dev/ttyUSB0.`,
    ]);
  });

  it.each([
    ['B001', /speaks on \/dev\/ttyUSB0 and \/dev\/ttyUSB1 at once/],
    ['C001', /on \/dev\/ttyUSB0 and \/dev\/ttyUSB1 all say/],
  ])('once that a number is on two ports, the second under boot %s', async (boot, words) => {
    const ports = await plugged('/dev/ttyUSB0', '/dev/ttyUSB1');
    for (let look = 0; look < 20; look++) {
      hear(ports, ports.open[0], 'B001');
      hear(ports, ports.open[1], boot);
      await ports.looks(1);
    }
    expect(ports.said().filter((text) => words.test(text))).toHaveLength(1);
  });

  it('once that nothing can be read, and again after the port was opened again', async () => {
    const ports = await plugged('/dev/ttyUSB0');
    for (const rejects of [{ 'garbled-line': 18, 'line-cut-off': 1 }, { 'garbled-line': 20 }]) {
      for (const port of ports.open) port.status = { ...port.status, rejects };
      await ports.looks(1);
    }
    await ports.looks(5);
    const words = /^Nothing that comes from \/dev\/ttyUSB0 can be read at 57600 baud\./;
    expect(ports.said()).toEqual([expect.stringMatching(words)]);
    ports.unplug('/dev/ttyUSB0');
    ports.plug('/dev/ttyUSB0');
    await ports.looks(1);
    for (const port of ports.open) port.status = { ...port.status, rejects: { 'not-json': 20 } };
    await ports.looks(1);
    expect(ports.said().filter((text) => words.test(text))).toHaveLength(1);
  });

  it('nothing of noise on a line on which a device was heard', async () => {
    const ports = await plugged('/dev/ttyUSB0');
    for (const port of ports.open) {
      port.status = { ...port.status, rejects: { 'garbled-line': 1_000 }, heardMs: 1 };
    }
    await ports.looks(2);
    expect(ports.said()).toEqual([]);
  });

  it('that a device was stopped since there is no room, and what it has cost', async () => {
    const ports = await plugged('/dev/ttyUSB0');
    for (const port of ports.open) port.status = { ...port.status, isHeld: true };
    await ports.looks(3);
    for (const port of ports.open) {
      port.status = { ...port.status, isHeld: false };
      port.discardedLines = 7;
    }
    await ports.looks(3);
    expect(ports.said()).toEqual([
      expect.stringMatching(/^There is no room for what comes from \/dev\/ttyUSB0: /),
      'There is room again for what comes from /dev/ttyUSB0: 7 lines were thrown away since it was opened.',
    ]);
  });
});

describe('a supervisor that rests', () => {
  it('opens nothing that appears while devices stop, and keeps what is open until they have', async () => {
    const ports = await plugged('/dev/ttyUSB0');
    const [trainer] = ports.opened as [OpenedPort];
    trainer.status = { ...trainer.status, rateHz: 50 };
    let rests = false;
    const resting = ports.supervisor?.rest().then(() => (rests = true));
    ports.plug('/dev/ttyUSB1');
    ports.time.run(ports.time.now() + 900, 100);
    await ports.looks(0);
    expect([rests, ports.openPaths]).toEqual([false, ['/dev/ttyUSB0']]);
    trainer.status = { ...trainer.status, rateHz: 0 };
    ports.time.run(ports.time.now() + 50, 10);
    await resting;
    await ports.looks(5);
    expect([ports.openPaths, ports.attempts]).toEqual([['/dev/ttyUSB0'], ['/dev/ttyUSB0']]);
  });

  it('waits no longer than a second for a device that does not stop', async () => {
    const ports = await plugged('/dev/ttyUSB0');
    for (const port of ports.open) port.status = { ...port.status, rateHz: 50 };
    const beganMs = ports.time.now();
    const resting = ports.supervisor?.rest().then(() => ports.time.now() - beganMs);
    for (let step = 0; step < 60; step++) {
      ports.time.run(ports.time.now() + 20, 10);
      await ports.looks(0);
    }
    expect(await resting).toBe(1_000);
  });

  it('gives back at once what was about to be opened', async () => {
    const ports = new FakePorts();
    await ports.supervise('/dev/ttyUSB0');
    ports.plug('/dev/ttyUSB0');
    const opening = ports.holdOpenings();
    await ports.looks(2);
    await ports.supervisor?.rest();
    expect(ports.attempts).toEqual(['/dev/ttyUSB0']);
    opening.release();
    await ports.looks(0);
    expect(ports.opened).toMatchObject([{ isOpen: false }]);
    expect(ports.said().filter((text) => text.endsWith('is open.'))).toEqual([]);
  });
});

describe('a supervisor that closes', () => {
  it('gives every port back, says nothing, and looks no more', async () => {
    const ports = new FakePorts();
    ports.plug('/dev/ttyUSB0', '/dev/ttyUSB1');
    const supervisor = await ports.supervise('/dev/ttyUSB*');
    ports.said();
    await supervisor.close();
    ports.plug('/dev/ttyUSB2');
    await ports.looks(5);
    expect([ports.openPaths, ports.said(), ports.attempts.length]).toEqual([[], [], 2]);
  });

  it('while a port is being opened gives that back, too', async () => {
    const ports = new FakePorts();
    const supervisor = await ports.supervise('/dev/ttyUSB0');
    ports.plug('/dev/ttyUSB0');
    ports.time.run(ports.time.now() + 1_000, 10);
    await supervisor.close();
    expect(ports.openPaths).toEqual([]);
  });
});
