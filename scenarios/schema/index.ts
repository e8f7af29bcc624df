/** The one schema of scenario files. */
export type { ScenarioDevices, ScenarioRecording } from './devices-schema.ts';
export type { ScenarioExpectations, ScenarioLimit } from './expect-schema.ts';
export type { DuplicateTarget, ScenarioFault } from './fault-schema.ts';
export type { ScenarioRun } from './run-schema.ts';
export { scenarioSchema } from './scenario-schema.ts';
export type { Scenario } from './scenario-schema.ts';
export { parseSeedRange } from './units.ts';
export type { ScenarioWorld } from './world-schema.ts';
