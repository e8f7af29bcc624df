import { ReplayDevice, writeReplayScript } from '../../simulator/index.ts';
import type { Recording } from '../../simulator/index.ts';
import type { DeviceLink, LinkTimers } from '../core/device-link.ts';

/** A recorded device on a line in memory. */
export interface ReplayLink extends DeviceLink {
  /** Pulls its cable. */
  close(): void;
}

/** How a recording is played; see {@link openReplay}. */
export interface ReplayLinkOptions {
  readonly speed?: number;
  readonly waitsForStart?: boolean;
  /** Told when everything has been sent. */
  readonly onEnd?: () => void;
}

/**
 * Plays a recording as a device on a line of which the bytes take no time: those of the device come when the recorder
 * saw them. It begins when somebody listens.
 */
export function openReplay(
  recording: Recording,
  timers: LinkTimers,
  options: ReplayLinkOptions = {},
): ReplayLink {
  let isOpen = true;
  let onData: ((chunk: Uint8Array) => void) | undefined;
  let onClose: () => void = () => undefined;
  const device = new ReplayDevice({
    ...options,
    script: writeReplayScript(recording),
    timers,
    send: (bytes) => {
      onData?.(Buffer.from(bytes, 'latin1'));
      return true;
    },
  });
  return {
    timers,
    byteMs: 0,
    write: (bytes) => {
      timers.at(timers.now(), () => {
        if (isOpen) device.receive(bytes);
      });
    },
    onData: (listener) => {
      const isFirst = onData === undefined;
      onData = listener;
      if (isFirst) device.start();
    },
    onClose: (listener) => (onClose = listener),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      device.stop();
      onClose();
    },
  };
}
