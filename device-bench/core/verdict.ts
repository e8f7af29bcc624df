/** What a transcript says about a device. */
import { RULE_IDS, RULES } from '../../firmware-protocol/index.ts';
import type { Level } from '../../firmware-protocol/index.ts';
import type { KitReport, TestedDevice } from './kit-report.ts';
import { readLine } from './read-line.ts';
import type { Transcript } from './transcript.ts';

/** Under which circumstances a transcript came about. */
export interface Circumstances {
  /** The highest level that was asked for. */
  readonly level: Level;
  /** Time of one byte on the line in ms, 0 for a line without a pace. */
  readonly byteMs: number;
  /** Why the kit ended early. */
  readonly stopped: string | undefined;
  /** True when readings came after the last STOP. */
  readonly keptStreaming: boolean;
}

/** Judges a transcript by every rule. */
export function judgeTranscript(transcript: Transcript, circumstances: Circumstances): KitReport {
  const { stopped, keptStreaming } = circumstances;
  return {
    verdict: stopped === undefined ? 'passed' : 'failed',
    level: undefined,
    device: findDeviceIn(transcript),
    rules: RULE_IDS.map((id) => ({
      id,
      verdict: 'not-tested',
      title: RULES[id].title,
      hint: RULES[id].hint,
      chances: 0,
      violations: [],
      reason: 'no act tests it',
    })),
    transcript,
    ...(stopped === undefined ? {} : { stopped }),
    ...(keptStreaming
      ? { keptStreaming: 'The device still sent readings after the last STOP.' }
      : {}),
  };
}

function findDeviceIn(transcript: Transcript): TestedDevice {
  for (const entry of transcript) {
    if (entry.kind !== 'received') continue;
    const { meant } = readLine(entry.bytes);
    if (meant?.kind === 'id') {
      return { serial: meant.serial, model: meant.model, firmware: meant.firmware };
    }
  }
  return { serial: undefined, model: undefined, firmware: undefined };
}
