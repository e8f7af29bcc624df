import { decodeDeviceLine, MAX_RAW_LINE_BYTES } from '../../firmware-protocol/index.ts';
import type { RuleId } from '../../firmware-protocol/index.ts';
import { isRawRecord } from './raw-record.ts';
import type { SerialReject } from './session-events.ts';

/** The rule of the protocol that a line broke which was refused for this reason; `undefined` where none can be named. */
export function ruleOfRefused(reason: SerialReject, line: string): RuleId | undefined {
  switch (reason) {
    case 'garbled-line': {
      const decoded = decodeDeviceLine(line);
      return decoded.kind === 'rejected' ? decoded.rule : undefined;
    }
    case 'line-cut-off':
      return isRawRecord(line) && line.length >= MAX_RAW_LINE_BYTES ? 'STL-RAW-002' : undefined;
    case 'boot-not-introduced':
      return 'STL-BOOT-003';
    case 'repeated-reading':
      return 'STL-SEQ-001';
    case 'clock-not-fitted':
    case 'distance-out-of-range':
    case 'implausible-reading':
      return undefined;
    default:
      return 'STL-RAW-001';
  }
}
