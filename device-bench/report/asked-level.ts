/** Whether a device reached the level that it was asked for. */
import { LEVELS, RULES } from '../../firmware-protocol/index.ts';
import type { Level } from '../../firmware-protocol/index.ts';
import type { KitReport } from '../core/kit-report.ts';

/** Up to which level a device is tested. */
export interface AskedLevel {
  /** The highest level that is tested. */
  readonly level: Level;
  /** True when the device has to reach it; otherwise the level that it claims is enough. */
  readonly isLevelDemanded: boolean;
}

/**
 * Why a device that breaks no rule does not pass all the same: it did not reach the level that was demanded, or none at
 * all. `undefined` when it did, and when something else has failed already.
 */
export function findShortfall(report: KitReport, asked: AskedLevel): string | undefined {
  const { level, verdict } = report;
  if (verdict === 'failed' || level === asked.level) return undefined;
  if (level !== undefined && !asked.isLevelDemanded) return undefined;
  return `Level ${asked.level} was asked for and ${level ?? 'none'} reached: ${findReason(report, asked)}.`;
}

/** Levels end below the first of which nothing could be tested. */
function findReason({ level: reached, rules }: KitReport, asked: AskedLevel): string {
  const missing = LEVELS.filter(
    (level) => level <= asked.level && (reached === undefined || level > reached),
  );
  const rule = rules.find(
    ({ id, verdict }) => verdict === 'not-tested' && missing.includes(RULES[id].level),
  );
  return rule?.reason ?? 'nothing of it could be tested';
}
