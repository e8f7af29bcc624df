/** The outcome of a check in sentences, the same on the page, on the terminal and in JUnit. */
import type { KitReport } from '../core/kit-report.ts';
import { countRules } from './check-document.ts';
import type { CheckTarget } from './check-document.ts';

/** The verdict in one sentence. */
export function describeCheck(report: KitReport, { level }: CheckTarget): string {
  const { failed, passed } = countRules(report);
  const rules = (count: number): string => `${count} ${count === 1 ? 'rule' : 'rules'}`;
  if (failed > 0) return `${capitalize(describeDevice(report))} breaks ${rules(failed)} of STL/1.`;
  if (report.stopped !== undefined) return 'The check could not be finished.';
  if (!isClean(report)) return 'The device does not keep STL/1.';
  return `${capitalize(describeDevice(report))} keeps STL/1 at level ${report.level ?? level}: ${rules(passed)} passed.`;
}

/** Whether the device kept all rules, and the check came to its end. */
export function isClean({ verdict, stopped, keptStreaming }: KitReport): boolean {
  return verdict === 'passed' && stopped === undefined && keptStreaming === undefined;
}

/** The level that was reached, as a sentence. */
export function describeLevel({ level }: KitReport, target: CheckTarget): string {
  const reached = level === undefined ? 'No level was reached' : `Level ${level} was reached`;
  return level === target.level ? `${reached}.` : `${reached}; ${target.level} was asked for.`;
}

/** The counts, as a sentence. */
export function describeCounts(report: KitReport): string {
  const { passed, failed, notTested } = countRules(report);
  return `${passed} passed, ${failed} failed, ${notTested} not tested.`;
}

/** Who was tested. */
export function describeDevice({ device }: KitReport): string {
  const { serial, model, firmware } = device;
  if (serial === undefined) return 'the device, which did not say who it is,';
  return `${model ?? 'device'} ${serial}${firmware === undefined ? '' : ` (firmware ${firmware})`}`;
}

/** Where it was tested. */
export function describeTarget({ port, baudRate }: CheckTarget): string {
  return baudRate === undefined ? port : `${port} at ${baudRate} baud`;
}

function capitalize(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}
