/** The outcome of a check in sentences, the same on the page, on the terminal and in JUnit. */
import type { KitReport } from '../core/kit-report.ts';
import { countRules } from './check-document.ts';
import type { CheckTarget } from './check-document.ts';

/** A serial number is told apart from others by this much of it. */
const SERIAL_BEGINNING = 8;

/** The verdict in one sentence. */
export function describeCheck(report: KitReport, { level }: CheckTarget): string {
  const { failed, passed } = countRules(report);
  const { serial, model = 'The device' } = report.device;
  const name = serial === undefined ? model : `${model} ${serial.slice(0, SERIAL_BEGINNING)}`;
  const rules = (count: number): string => `${count} ${count === 1 ? 'rule' : 'rules'}`;
  if (failed > 0) return `${name} breaks ${rules(failed)} of STL/1.`;
  if (report.stopped !== undefined) return 'The check could not be finished.';
  if (!isClean(report)) return `${name} does not keep STL/1.`;
  return `${name} keeps STL/1 at level ${report.level ?? level}: ${rules(passed)} passed.`;
}

/** Whether the device kept all rules, and the check came to its end. */
export function isClean({ verdict, stopped, keptStreaming }: KitReport): boolean {
  return verdict === 'passed' && stopped === undefined && keptStreaming === undefined;
}

/** The level that was reached, in a few words. */
export function describeLevel({ level }: KitReport, target: CheckTarget): string {
  const reached = `${level ?? 'none'} reached`;
  return level === target.level ? reached : `${reached}, ${target.level} asked for`;
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
