import { UsageError } from './exit-codes.ts';

/** Where a server listens. */
export interface ListenAddress {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

const LOOPBACK = '127.0.0.1';
const ADDRESS = /^(?:(?:\[(?<v6>[\da-f:.]+)\]|(?<name>[\w.-]+)):)?(?<port>\d{1,5})$/i;
const PORT_MAX = 65_535;

/** Reads `[HOST:]PORT`; without a host it is this machine alone. @throws UsageError */
export function readListenAddress(option: string, text: string): ListenAddress {
  const { v6, name, port } = ADDRESS.exec(text)?.groups ?? {};
  const number = Number(port);
  if (port === undefined || number > PORT_MAX) {
    throw new UsageError(
      `${option} takes a port or an address with a port, such as 1883, 0.0.0.0:1883 or [::1]:1883.`,
    );
  }
  return { host: v6 ?? name ?? LOOPBACK, port: number };
}

/** Whether only programs on this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
