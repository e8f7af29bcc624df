/** The embedded MQTT broker: phones publish into it, and its acknowledgement means durable. */
export { startPhoneBroker } from './start-phone-broker.ts';
export type { PhoneBroker, PhoneBrokerEvent, PhoneBrokerOptions } from './phone-broker.ts';
export { DEFAULT_BROKER_LIMITS } from './broker-limits.ts';
export type { BrokerLimits } from './broker-limits.ts';
export type { RefusalReason } from './refusals.ts';
export { addUser, listUsers, removeUser } from './manage-users.ts';
