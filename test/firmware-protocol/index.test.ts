import { expect, it } from 'vitest';
import * as firmwareProtocol from '../../firmware-protocol/index.ts';

it('exports these names, which other packages may rely on', () => {
  expect(Object.keys(firmwareProtocol).toSorted()).toEqual([
    'DISTANCE_MAX',
    'ERROR_CODES',
    'FLAGS_MAX',
    'FLAG_DROPPED_BEFORE',
    'FLAG_LATE',
    'FLAG_OUT_OF_RANGE',
    'LINE_END',
    'LineGuard',
    'MAX_LINE_BYTES',
    'MAX_PAYLOAD_LENGTH',
    'MAX_RAW_LINE_BYTES',
    'PHONE_TOPIC_FILTERS',
    'RATE_HZ_MAX',
    'SEQ_MAX',
    'TICKS_MAX',
    'crc16CcittFalse',
    'decodeDeviceLine',
    'decodeHostCommand',
    'decodePhonePayload',
    'encodeDeviceLine',
    'encodeHostCommand',
    'encodePhoneStatus',
    'encodeSampleBatch',
    'formatCrc',
    'isSerialNumber',
    'parsePhoneTopic',
    'phoneTopic',
  ]);
});
