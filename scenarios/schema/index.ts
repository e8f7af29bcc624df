/** The one schema of scenario files. */
export type { ScenarioDevices, ScenarioRecording } from './devices-schema.ts';
export type { ScenarioExpectations } from './expect-schema.ts';
export { LINE_FAULT_KINDS } from './fault-schema.ts';
export type { ScenarioFault } from './fault-schema.ts';
export type { DuplicateTarget, PhoneTarget } from './fault-targets.ts';
export { DESTRUCTIVE_DIRT, OBJECT_DIRT, RECORD_DIRT } from './landing-schema.ts';
export type { DirtKind, ScenarioDirt } from './landing-schema.ts';
export type { ScenarioLimit } from './limit-schema.ts';
export type { ScenarioOnly } from './only-schema.ts';
export type { ScenarioRun } from './run-schema.ts';
export { scenarioSchema } from './scenario-schema.ts';
export type { Scenario } from './scenario-schema.ts';
export type { ScenarioSerialPool, ScenarioSerials } from './serials-schema.ts';
export { parseSeedRange } from './units.ts';
export type { ScenarioWorld } from './world-schema.ts';
