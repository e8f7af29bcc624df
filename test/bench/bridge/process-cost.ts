/** What a process has used up, read from /proc. */
import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;
const UTIME_FIELD = 11;

/** Processor time in ms, of all its threads and of the children that it has waited for. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name of the program, in brackets, may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0] = fields.slice(UTIME_FIELD, UTIME_FIELD + 2).map(Number);
  return (user + system) * MS_PER_TICK;
}

/** The most memory that it ever had in use, in MB. */
export function peakMbOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1_024;
}
