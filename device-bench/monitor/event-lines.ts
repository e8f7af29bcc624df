/** What a monitor hears, as lines: for people where there is no screen, and as JSON for programs. */
import { toAscii, withoutControls } from '../../presentation/index.ts';
import { escapeBytes } from '../report/escape-bytes.ts';
import { decodeLine } from './monitor-state.ts';
import type { MonitorEvent } from './monitor-state.ts';
import { formatMs } from './render-frame.ts';

/** One line for people, in ASCII; `undefined` for what says nothing. */
export function describeEvent(event: MonitorEvent): string | undefined {
  const text = describe(event);
  return text === undefined ? undefined : `${formatMs(event.ms).padStart(10)} ${text}`;
}

/** One JSON object. Bytes are latin1, one per character; times are ms since the port was opened. */
export function toEventDocument(event: MonitorEvent): Readonly<Record<string, unknown>> {
  const { kind, ms, ...rest } = event;
  const time = Math.round(ms * 1000) / 1000;
  if (event.kind !== 'line') return { ms: time, event: kind, ...rest };
  const { line } = event;
  const decoded = decodeLine(line);
  return { ms: time, event: 'line', ...decoded, ...(decoded.kind === 'rejected' && { line }) };
}

function describe(event: MonitorEvent): string | undefined {
  switch (event.kind) {
    case 'line':
      return describeLine(event.line);
    case 'sent':
      return `> ${escapeBytes(event.bytes.trimEnd())}`;
    case 'refused':
      return `! not landed: ${event.reason}`;
    case 'phase':
      return `* ${event.phase}`;
    case 'closed':
      return '* the device is gone';
    case 'clock': {
      if (event.clock === undefined) return '* clock not known';
      const { offsetMs, driftPpm, errorMs } = event.clock;
      return `* clock offset ${offsetMs.toFixed(1)} ms, wrong by ${errorMs.toFixed(1)} ms at most, drift ${driftPpm.toFixed(1)} ppm`;
    }
  }
}

function describeLine(line: string): string | undefined {
  const decoded = decodeLine(line);
  switch (decoded.kind) {
    case 'reading': {
      const { boot, seq, ticks, distance, flags } = decoded;
      const flagged = flags === 0 ? '' : `  flags ${flags}`;
      return `< reading ${seq}  ticks ${ticks}  distance ${distance}  boot ${boot}${flagged}`;
    }
    case 'record':
      return `< record  time ${decoded.sample.ticks}  distance ${decoded.sample.distance}`;
    case 'rejected':
      return decoded.reason === 'empty' ? undefined : `! ${decoded.reason}: ${escapeBytes(line)}`;
    case 'text':
      return `# ${toAscii(withoutControls(decoded.text))}`;
    default:
      return `< ${escapeBytes(line.trimEnd())}`;
  }
}
