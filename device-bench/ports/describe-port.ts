import { escapeBytes } from '../report/escape-bytes.ts';
import type { PortReport } from './list-ports.ts';

/** What was found at a port, in a few words. */
export function describePort({ baudRate, found }: PortReport): string {
  switch (found.status) {
    case 'device': {
      const { serial, model, firmware, boot, level, streaming } = found;
      const state = streaming ? ', streaming' : '';
      return `${serial}  ${model} ${firmware}, boot ${boot}, ${level}${state}`;
    }
    case 'unmanaged':
      return found.level === 'L0'
        ? 'sends raw records without frames (L0), and answers nothing'
        : 'sends STL/1 lines (L1), and does not answer ID?';
    case 'foreign':
      return `does not speak STL/1 at ${baudRate} baud; it said "${escapeBytes(found.sample)}"`;
    case 'silent':
      return `silent at ${baudRate} baud`;
    case 'busy':
      return 'busy: another program has it open';
    case 'denied':
      return 'permission denied: add yourself to the group that owns it, often dialout, and log in again';
    case 'missing':
      return 'there is no such port';
    case 'unusable':
      return found.reason;
  }
}
