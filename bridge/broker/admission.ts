/** Decides who may connect under which client id. */
import { bearsName, isClientId, ownTopics } from '../core/topic-rules.ts';
import type { CredentialCheck } from './credential-check.ts';
import type { RefusalReason } from './refusals.ts';
import type { UserDirectory } from './user-directory.ts';

/** Return codes of CONNACK (MQTT 3.1.1 table 3.1). */
const IDENTIFIER_REJECTED = 2;
/** The client may try again later. */
export const SERVER_UNAVAILABLE = 3;
const BAD_USER_OR_PASSWORD = 4;
/** What the client asks for is not its to have. */
export const NOT_AUTHORIZED = 5;

/** What a client says of itself. */
export interface ConnectRequest {
  readonly clientId: string;
  readonly willTopic: string | undefined;
  readonly user: string | undefined;
  readonly password: Uint8Array | undefined;
  readonly address: string;
  /** The name in the client's certificate, where certificates are asked for. */
  readonly certificateName: string | undefined;
}

/** The user that connects, `undefined` where there are none; or why it may not, with the return code of CONNACK. */
export type Admitted =
  | { readonly ok: true; readonly user: string | undefined }
  | { readonly ok: false; readonly reason: RefusalReason; readonly returnCode: number };

/** What is asked of clients. */
export interface AdmissionRules {
  readonly asksCertificate: boolean;
  readonly directory: UserDirectory | undefined;
  readonly credentials: CredentialCheck;
}

/** Judges a CONNECT by itself: the id, the credentials, the id's owner, and the last will, in this order. */
export async function admit(request: ConnectRequest, rules: AdmissionRules): Promise<Admitted> {
  const { clientId, willTopic } = request;
  if (!isClientId(clientId)) return no('bad-client-id', IDENTIFIER_REJECTED);
  const who = await identify(request, rules);
  if (!who.ok) return who;
  if (!mayUse(clientId, who.user, rules.directory)) return no('foreign-client-id', NOT_AUTHORIZED);
  if (willTopic !== undefined && !ownTopics(clientId).includes(willTopic)) {
    return no('bad-will', NOT_AUTHORIZED);
  }
  return who;
}

async function identify(request: ConnectRequest, rules: AdmissionRules): Promise<Admitted> {
  const { certificateName, user, password, address } = request;
  const { asksCertificate, directory, credentials } = rules;
  if (asksCertificate) {
    const isNamed = certificateName !== undefined && isClientId(certificateName);
    const isSame = user === undefined || user === certificateName;
    if (!isNamed || !isSame) return no('bad-credentials', BAD_USER_OR_PASSWORD);
  }
  if (directory === undefined) return { ok: true, user: certificateName };
  if (user === undefined || password === undefined || !isClientId(user)) {
    return no('bad-credentials', BAD_USER_OR_PASSWORD);
  }
  const known = directory.users.get(user);
  const verdict = await credentials.check({ name: user, user: known, password, address });
  if (verdict === 'too-many-attempts') return no(verdict, SERVER_UNAVAILABLE);
  if (verdict === 'wrong') return no('bad-credentials', BAD_USER_OR_PASSWORD);
  return { ok: true, user };
}

function mayUse(
  clientId: string,
  user: string | undefined,
  directory: UserDirectory | undefined,
): boolean {
  if (user === undefined) return true;
  if (directory === undefined) return bearsName(clientId, user);
  return directory.ownerOf(clientId) === user;
}

/** A refusal. */
export function no(reason: RefusalReason, returnCode: number): Admitted {
  return { ok: false, reason, returnCode };
}
