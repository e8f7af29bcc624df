import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { openFailure, portLost, portStuck } from '../../../bridge/adapters/serial-port-failure.ts';

const PATH = '/dev/ttyUSB7';

describe('a serial port that cannot be opened', () => {
  it.each([
    ['Error: No such file or directory, cannot open /dev/ttyUSB7', 'SERIAL_PORT_NOT_FOUND'],
    ['Error: No such device or address, cannot open /dev/ttyUSB7', 'SERIAL_PORT_NOT_FOUND'],
    ['Opening COM7: File not found', 'SERIAL_PORT_NOT_FOUND'],
    ['Error: Permission denied, cannot open /dev/ttyUSB7', 'SERIAL_PORT_DENIED'],
    ['Error Resource temporarily unavailable Cannot lock port', 'SERIAL_PORT_BUSY'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB7', 'SERIAL_PORT_BUSY'],
    ['Opening COM7: Access denied', 'SERIAL_PORT_BUSY'],
    [
      'Error: Inappropriate ioctl for device setting custom baud rate of 57600',
      'SERIAL_PORT_FAILED',
    ],
  ])('for "%s" has the code %s', (message, code) => {
    const cause = new TypeError(message);
    const failure = openFailure(PATH, cause);
    expect(failure).toMatchObject({ name: 'BridgeError', code, cause });
    expect(failure.message).toContain(PATH);
  });

  it.runIf(process.platform === 'linux').each([
    [fileURLToPath(import.meta.url), 'Permission denied', 'a file'],
    [tmpdir(), 'Is a directory', 'a folder'],
    ['/dev/null', 'Inappropriate ioctl for device', 'a device of another kind'],
    ['/dev/zero', 'Inappropriate ioctl for device', 'a device of another kind'],
  ])('%s, "%s": says that it is %s', (path, reason, what) => {
    expect(openFailure(path, new TypeError(reason))).toMatchObject({
      code: 'SERIAL_PORT_FAILED',
      message: `${path} is ${what}, not a serial port. Name a port, such as /dev/ttyUSB0.`,
    });
  });

  it('is described whatever was thrown', () => {
    expect(openFailure(PATH, 'odd').message).toContain('(odd)');
  });
});

describe('an open serial port', () => {
  it('can be lost', () => {
    const cause = new RangeError('EIO');
    expect(portLost(PATH, cause)).toMatchObject({ code: 'SERIAL_PORT_LOST', cause });
    expect(portLost(PATH, undefined).message).toContain(PATH);
  });

  it('can be stuck', () => {
    expect(portStuck(PATH)).toMatchObject({ code: 'SERIAL_PORT_FAILED' });
    expect(portStuck(PATH).message).toContain(PATH);
  });
});
