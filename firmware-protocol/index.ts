/** The wire contracts of STEDI: the serial line protocol STL/1 and the phone's MQTT topics and payloads. */
export { crc16CcittFalse, formatCrc } from './crc16.ts';
export { LINE_END, MAX_LINE_BYTES, MAX_RAW_LINE_BYTES } from './framing.ts';
export type { FramingFault } from './framing.ts';
export {
  decodeDeviceLine,
  encodeDeviceLine,
  ERROR_CODES,
  FLAG_DROPPED_BEFORE,
  FLAG_LATE,
  FLAG_OUT_OF_RANGE,
} from './device-lines.ts';
export type {
  DecodedDeviceLine,
  DeviceEvent,
  DeviceLine,
  DeviceLineFault,
  DeviceResponse,
  ErrorCode,
  FreeText,
  Reading,
} from './device-lines.ts';
export {
  DISTANCE_MAX,
  FLAGS_MAX,
  isSerialNumber,
  RATE_HZ_MAX,
  SEQ_MAX,
  TICKS_MAX,
} from './fields.ts';
export { decodeHostCommand, encodeHostCommand } from './host-commands.ts';
export type { DecodedHostCommand, HostCommand } from './host-commands.ts';
export {
  ANSWER_MS_MAX,
  BOOT_MS_MAX,
  COMMAND_RETRIES,
  DRIFT_PPM_MAX,
  FLAGS_DEFINED,
  HEARTBEAT_MS_MAX,
  RATE_TOLERANCE,
  READING_AGE_MS_MAX,
  TICK_RATE_TOLERANCE,
} from './limits.ts';
export { LineGuard } from './line-guard.ts';
export type { Guarded } from './line-guard.ts';
export { parsePhoneTopic, PHONE_TOPIC_FILTERS, phoneTopic } from './phone-topics.ts';
export type { PhoneChannel } from './phone-topics.ts';
export {
  decodePhonePayload,
  decodePhoneValue,
  encodePhoneStatus,
  encodeSampleBatch,
  MAX_PAYLOAD_LENGTH,
  SESSION_LENGTH_MAX,
  TIME_STAMP_MAX,
  USER_LENGTH_MAX,
} from './phone-payload.ts';
export type {
  AccelerometerRecord,
  DecodedPhonePayload,
  PhonePayloadFault,
  PhonePayloadField,
  PhoneStatus,
  Sample,
  SampleBatch,
} from './phone-payload.ts';
export { decodeRawRecord } from './raw-record.ts';
export type { DecodedRawRecord, RawRecord } from './raw-record.ts';
export { LEVELS } from './rules/rule.ts';
export type { Level, Rule } from './rules/rule.ts';
export { readVectors } from './rules/rule-vector.ts';
export type { RuleVector, RuleVectors, VectorEntry } from './rules/rule-vector.ts';
export { RULE_VECTORS } from './rules/vectors/rule-vectors.ts';
export { RULE_IDS, RULES } from './rules/rules.ts';
export type { RuleId } from './rules/rules.ts';
