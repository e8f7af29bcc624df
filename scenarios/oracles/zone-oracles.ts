/** Which oracles tell something about a pipeline: the others measure what lands, which no pipeline changes. */
const BEFORE_ZONES = /^(landing|liveness|sometimes)\.|^privacy\.quarantine$/;
const ABOUT_ZONES: ReadonlySet<string> = new Set(['landing.late', 'landing.dirt']);

/** Whether other zones could change what an oracle measures. */
export function isAboutZones(oracle: string): boolean {
  return !BEFORE_ZONES.test(oracle) || ABOUT_ZONES.has(oracle);
}
