/** Why the broker refused something. The codes are values of the metric's label `reason`: never renamed. */
import type { GuardFault } from '../core/mqtt-guard.ts';
import type { OnNotice } from '../notice.ts';

const NOTICE_PAUSE_MS = 10_000;

/** Stable code of a refusal. */
export type RefusalReason =
  | GuardFault
  | 'too-many-connections'
  | 'tls-handshake'
  | 'connect-timeout'
  | 'slow-packet'
  | 'idle'
  | 'acknowledgements-unread'
  | 'packet-malformed'
  | 'protocol-version'
  | 'bad-client-id'
  | 'bad-credentials'
  | 'too-many-attempts'
  | 'foreign-client-id'
  | 'bad-will'
  | 'takeover-rate'
  | 'foreign-topic'
  | 'subscribe'
  | 'will-dropped';

/** What a person is told. */
const TITLES: Readonly<Record<RefusalReason, string>> = {
  'connect-expected': 'a peer that sent something else before CONNECT',
  'connect-repeated': 'a client that sent CONNECT a second time',
  'header-malformed': 'a packet that no MQTT 3.1.1 client sends',
  'length-malformed': 'a packet with an impossible length',
  'packet-too-large': 'a packet larger than allowed',
  'too-many-connections': 'a connection beyond the limit',
  'tls-handshake': 'a failed TLS handshake (a wrong protocol, or no good client certificate)',
  'connect-timeout': 'a peer that sent no CONNECT in time',
  'slow-packet': 'a packet that did not arrive in time',
  idle: 'a client that was silent for longer than its keep-alive allows',
  'acknowledgements-unread': 'a client that does not read its acknowledgements',
  'packet-malformed': 'a packet that cannot be parsed',
  'protocol-version': 'a client of another version of MQTT than 3.1.1',
  'bad-client-id': 'a client id that is not 1–64 letters, digits and hyphens',
  'bad-credentials': 'a wrong user name or password',
  'too-many-attempts': 'too many wrong passwords',
  'foreign-client-id': "a client id that is not the user's",
  'bad-will': "a last will on a topic that is not the client's own",
  'takeover-rate': 'a client id that is being taken over again and again',
  'foreign-topic': "a message on a topic that is not the client's own",
  subscribe: 'a subscription: this broker only takes messages',
  'will-dropped': 'a last will, as too much is in flight',
};

/** Counts refusals, and notes each reason at once and then at most every 10 s. */
export class Refusals {
  readonly #onRefused: (reason: RefusalReason) => void;
  readonly #onNotice: OnNotice;
  readonly #noted = new Map<RefusalReason, { atMs: number; since: number }>();

  constructor(onRefused: (reason: RefusalReason) => void, onNotice: OnNotice) {
    this.#onRefused = onRefused;
    this.#onNotice = onNotice;
  }

  /** `clientId` is given only when it is known to be one: nothing that a stranger wrote is repeated. */
  add(reason: RefusalReason, nowMs: number, clientId?: string): void {
    this.#onRefused(reason);
    const noted = this.#noted.get(reason);
    if (noted !== undefined && nowMs - noted.atMs < NOTICE_PAUSE_MS) {
      noted.since++;
      return;
    }
    const who = clientId === undefined ? '' : ` (client ${clientId})`;
    const more = noted === undefined || noted.since === 0 ? '' : `; ${noted.since} more before it`;
    this.#noted.set(reason, { atMs: nowMs, since: 0 });
    const text = `The broker refused ${TITLES[reason]}${who}${more}.`;
    this.#onNotice({ level: 'warn', part: 'listener', text });
  }
}
