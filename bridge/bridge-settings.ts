/** How a bridge as a service is set up: where it takes from, where it puts, what it tells. */
import type { NoticeSink } from './watch/index.ts';

/** An address to listen on. */
export interface Listening {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

/** Serial ports. */
export interface SerialSettings {
  /** Paths, patterns, or `auto` for all that are plugged in. */
  readonly ports: readonly string[];
  readonly baudRate: number;
}

/** A broker elsewhere. Certificates are files in PEM. */
export interface BrokerSettings {
  /** Such as `mqtts://host:8883`. */
  readonly url: string;
  readonly credentials:
    { readonly user: string; readonly password: string | undefined } | undefined;
  readonly tls: {
    readonly ca: string | undefined;
    readonly cert: string | undefined;
    readonly key: string | undefined;
  };
}

/** The embedded broker for phones. Certificates are files in PEM. */
export interface ListenSettings extends Listening {
  readonly tls: {
    readonly cert: string | undefined;
    readonly key: string | undefined;
    readonly clientCa: string | undefined;
  };
  /** File with users and their passwords. */
  readonly users: string | undefined;
  /** Who wants it may be reached from other machines without TLS or without users. */
  readonly allowInsecure: boolean;
}

/** Where objects go. */
export type StorageSettings =
  | {
      readonly kind: 'bucket';
      readonly bucket: string;
      /** S3 endpoint; `undefined` for AWS itself. */
      readonly endpoint: string | undefined;
    }
  | { readonly kind: 'folder'; readonly path: string };

/** Where a bridge takes from and where it puts. */
export interface StartBridgeOptions {
  /** Names the bridge in object names and at the broker; `undefined` for the one that its spool knows. */
  readonly id: string | undefined;
  readonly spoolFolder: string;
  /** How long a record waits for its object to be filled, in ms. */
  readonly flushMs: number;
  readonly serial: SerialSettings | undefined;
  readonly broker: BrokerSettings | undefined;
  readonly listen: ListenSettings | undefined;
  readonly storage: StorageSettings;
  /** Where metrics and health are served. */
  readonly watch: Listening | undefined;
  readonly notices: NoticeSink;
}
