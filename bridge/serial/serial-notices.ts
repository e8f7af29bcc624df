/** What people are told about serial ports and the devices on them. */
import type { DeviceEvent } from '../core/device-whereabouts.ts';
import type { Notice } from '../notice.ts';
import { listed, plural } from '../wording.ts';
import type { PortChange } from './supervised-port.ts';

/** What happened to a port, for people; `undefined` where there is nothing to tell. */
export function noticeOfPort({ path, before, state, error }: PortChange): Notice | undefined {
  switch (state) {
    case 'open':
      return info(`The serial port ${path} is open.`);
    case 'waiting':
      return before === 'open'
        ? warn(`The serial port ${path} is gone. It is opened again when it is back.`)
        : undefined;
    case 'busy':
    case 'refused':
      return warn(`${error?.message ?? `${path} cannot be opened.`} It is tried again by itself.`);
  }
}

/** An entry of the command line stands for no port that is there. */
export function noticeOfAbsence(entry: string): Notice {
  return warn(`There is no serial port at ${entry} yet. It is opened when it appears.`);
}

/** Something to know. */
export function info(text: string): Notice {
  return { level: 'info', part: 'serial', text };
}

/** Something to look after. */
export function warn(text: string): Notice {
  return { level: 'warn', part: 'serial', text };
}

/** What became of a device, for people. */
export function noticeOfDevice(event: DeviceEvent): Notice {
  if (event.kind === 'same-device') {
    const { serialNumber, paths } = event;
    return warn(
      `Device ${serialNumber} speaks on ${listed(paths)} at once. Each of its readings lands once; unplug all cables but one.`,
    );
  }
  if (event.kind === 'same-number') {
    const { serialNumber, paths } = event;
    return warn(
      `The devices on ${listed(paths)} all say that their serial number is ${serialNumber}. Their readings land under it, and nobody can tell them apart: give each device a number of its own.`,
    );
  }
  const { kind, path, identity, fromPath } = event;
  const device = `Device ${identity.serialNumber} is on ${path}`;
  const moved = fromPath === undefined ? '' : `, before it was on ${fromPath}`;
  const again = {
    came: '',
    'came-back': ', back without a restart',
    restarted: ' after a restart',
  };
  return info(`${device}${again[kind]}${moved}.`);
}

/** All that comes from a port is noise. */
export function noticeOfNoise(path: string, baudRate: number): Notice {
  return warn(
    `Nothing that comes from ${path} can be read at ${baudRate} baud. It goes to quarantine; set the speed of the device with --baud, or check the cable.`,
  );
}

/** There is no room for what a device sends. */
export function noticeOfHold(path: string): Notice {
  return warn(
    `There is no room for what comes from ${path}: its device is told to stop until there is. Lines that come all the same are thrown away and counted.`,
  );
}

/** There is room again. `discardedLines` were thrown away since the port was opened. */
export function noticeOfRelease(path: string, discardedLines: number): Notice {
  const cost =
    discardedLines === 0
      ? 'no line was lost'
      : `${plural(discardedLines, 'line')} ${discardedLines === 1 ? 'was' : 'were'} thrown away`;
  return info(`There is room again for what comes from ${path}: ${cost} since it was opened.`);
}
