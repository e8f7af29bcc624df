/** The outcome of a check in sentences, the same on the page, on the terminal and in JUnit. */
import type { KitReport } from '../core/kit-report.ts';
import { isAboutTime } from '../core/time-rules.ts';
import { findShortfall } from './asked-level.ts';
import { countRules } from './check-document.ts';
import type { CheckTarget } from './check-document.ts';

/** A serial number is told apart from others by this much of it. */
const SERIAL_BEGINNING = 8;

/** The verdict in one sentence. */
export function describeCheck(report: KitReport, target: CheckTarget): string {
  const { failed, passed } = countRules(report);
  const { serial, model = 'The device' } = report.device;
  const name = serial === undefined ? model : `${model} ${serial.slice(0, SERIAL_BEGINNING)}`;
  const rules = (count: number): string => `${count} ${count === 1 ? 'rule' : 'rules'}`;
  if (report.crashed !== undefined) {
    return 'The check itself failed, which is a defect of STEDI and not of the device.';
  }
  if (failed > 0) return `${name} breaks ${rules(failed)} of STL/1.`;
  if (report.stopped !== undefined) return 'The check could not be finished.';
  const shortfall = findShortfall(report, target);
  if (shortfall !== undefined) return `${name} falls short. ${shortfall}`;
  if (!isClean(report, target)) return `${name} does not keep STL/1.`;
  const level = report.level ?? target.level;
  const claim = level === target.level ? '' : ', the highest that it claims';
  return `${name} keeps STL/1 at level ${level}${claim}: ${rules(passed)} passed.`;
}

/** Whether the device kept all rules and reached its level, and the check came to its end. */
export function isClean(report: KitReport, target: CheckTarget): boolean {
  const { verdict, stopped, crashed, keptStreaming } = report;
  const isWhole = (stopped ?? crashed ?? keptStreaming) === undefined;
  return verdict === 'passed' && isWhole && findShortfall(report, target) === undefined;
}

/** The level that was reached, in a few words. */
export function describeLevel(report: KitReport, target: CheckTarget): string {
  const reached = `${report.level ?? 'none'} reached`;
  if (report.level === target.level) return reached;
  if (target.isLevelDemanded) return `${reached}, ${target.level} asked for`;
  return isClean(report, target)
    ? `${reached}: the device claims no more, and --level ${target.level} would demand it`
    : reached;
}

/** A warning when a rule about time failed while this computer was late itself. */
export function describeStalls({ stalls, rules }: KitReport): string | undefined {
  const isDoubtful = rules.some(({ id, verdict }) => verdict === 'failed' && isAboutTime(id));
  if (stalls === undefined || !isDoubtful) return undefined;
  return (
    `This computer was itself late by up to ${Math.round(stalls.longestMs)} ms while it tested; ` +
    'run again on an idle machine before you believe rules about time.'
  );
}

/** How many rules ended how, in a few words. */
export function describeCounts(report: KitReport): string {
  const { passed, failed, notTested } = countRules(report);
  return `${passed} passed, ${failed} failed, ${notTested} not tested`;
}

/** Who was tested, as far as it told. */
export function describeDevice({ device }: KitReport): string {
  const { serial = 'without a serial number', model = 'device', firmware } = device;
  return `${model} ${serial}${firmware === undefined ? '' : ` (firmware ${firmware})`}`;
}

/** Where it was tested. */
export function describeTarget({ port, baudRate }: CheckTarget): string {
  return baudRate === undefined ? port : `${port} at ${baudRate} baud`;
}
