/** The simulator: people, devices, faults, virtual and real time, links, and the truth about all of it. */
export { hasWithdrawn, researchConsentFrom } from './core/consent.ts';
export type { ConsentDecision, ConsentHistory } from './core/consent.ts';
export { TRAINER_RATE_HZ } from './core/continuous-session.ts';
export { drawContinuousWalk, PHONE_RATE_HZ, SENSOR_RANGE_MM } from './core/continuous-walk.ts';
export type { ContinuousWalk, PhoneAcceleration, WalkStage } from './core/continuous-walk.ts';
export { customerExports, customerFeed } from './core/customer-feed.ts';
export type { CustomerExport, CustomerRecord } from './core/customer-feed.ts';
export type { Fault, MessageFault, PlantFault, SuddenFault, WireFault } from './core/faults.ts';
export { phoneEmailOf, shortestWorldMs } from './core/people.ts';
export type { Identity, Person } from './core/people.ts';
export type { Random, RandomStreams } from './core/random.ts';
export type { Timers } from './core/timers.ts';
export { STEP_TRAINER } from './core/trainer.ts';
export type { TrainerProduct } from './core/trainer.ts';
export { NOBODY, OCCURRENCES, TruthLedger } from './core/truth-ledger.ts';
export type {
  Fate,
  Occurrence,
  SentBytes,
  Truth,
  TruthAcceleration,
  TruthDistance,
  TruthPart,
} from './core/truth-ledger.ts';
export { ENTRY_BYTES_MAX } from './core/recording.ts';
export type { RecordedLine, Recording, RecordingHeader } from './core/recording.ts';
export { TimeScrubber } from './core/recording-scrub.ts';
export { writeReplayScript } from './core/replay-script.ts';
export type { ReplayScript, ScriptLine } from './core/replay-script.ts';
export type { RecordedDevice } from './fleet/recorded-station.ts';
export { ReplayDevice } from './fleet/replay-device.ts';
export type { ReplayDeviceOptions } from './fleet/replay-device.ts';
export {
  checkRecordingPlace,
  createRecording,
  readRecordingFile,
  RECORDING_BYTES_MAX,
} from './live/recording-file.ts';
export type { RecordingFile } from './live/recording-file.ts';
export {
  DEFAULT_LANDING,
  drawLandingHousehold,
  householdCount,
  LANDING_FORMATS,
  LANDING_PROFILES,
  writeLandingZone,
} from './landing-zone/index.ts';
export type {
  AccelerometerRow,
  LandingFormat,
  LandingHousehold,
  LandingProfile,
  LandingSpec,
  LandingZoneOptions,
  LandingZoneProgress,
  LandingZoneSummary,
  StepTrainerRow,
  TrueCustomer,
  TrueSession,
} from './landing-zone/index.ts';
export { skewAt } from './core/phone-clock.ts';
export {
  nextChangeMs,
  withChange,
  withConsentChange,
  withPhoneClockChange,
  withSerialsChange,
} from './core/world-changes.ts';
export { drawWorld } from './core/world.ts';
export type { World } from './core/world.ts';
export { participantsOf } from './core/world-crop.ts';
export type { WorldCrop } from './core/world-crop.ts';
export { EXPORT_MS, NOT_GIVEN_SPELLINGS, SERIAL_ASSIGNMENTS } from './core/world-spec.ts';
export type {
  ClockJumpSpec,
  ClockSpec,
  ConsentChange,
  ConsentSpec,
  MovesSpec,
  NamesakesSpec,
  NotGivenSpelling,
  PhoneClockChange,
  PhoneClockSpec,
  SerialAssignment,
  SerialsChange,
  SerialsSpec,
  SuddenChange,
  WorldChange,
  WorldSpec,
  WritingSpec,
} from './core/world-spec.ts';
export { scheduleFleet } from './fleet/fleet.ts';
export type { StruckFault } from './fleet/fault-schedule.ts';
export type { Fleet, FleetOptions, PhoneNow, TrainerNow } from './fleet/fleet.ts';
export { STEPS_PER_TEST } from './core/step-test.ts';
export { seededStreams } from './seeded-random.ts';
export { MemoryBroker } from './virtual/memory-broker.ts';
export type { BrokerMessage } from './virtual/memory-broker.ts';
export { MemoryDisk } from './virtual/memory-disk.ts';
export { MemorySerial } from './virtual/memory-serial.ts';
export { VirtualBoard } from './virtual/virtual-board.ts';
export type { BoardParts, VirtualBoardOptions } from './virtual/virtual-board-options.ts';
export { startBroker } from './live/broker.ts';
export type { Broker } from './live/broker.ts';
export { connectPhone } from './live/phone-connection.ts';
export type { PhoneConnection } from './live/phone-connection.ts';
export { claimPortFolder } from './live/port-folder.ts';
export type { PortFolder } from './live/port-folder.ts';
export { pacePort } from './live/paced-port.ts';
export type { PacedPort } from './live/paced-port.ts';
export { openVirtualPort } from './live/pty.ts';
export type { VirtualPort } from './live/pty.ts';
export { MOTION_PROFILES, TrainerPorts } from './live/trainer-ports.ts';
export type { MotionProfile, TrainerPort, TrainerPortsOptions } from './live/trainer-ports.ts';
export { startObjectStore } from './object-store/index.ts';
export type { ObjectStore } from './object-store/index.ts';
export { SimulatorError } from './simulator-error.ts';
export type { SimulatorErrorCode } from './simulator-error.ts';
export type {
  DevicePort,
  PhoneNetwork,
  PhoneUplink,
  RestartableBroker,
  SerialCables,
} from './fleet/links.ts';
export { VirtualTime } from './virtual/virtual-time.ts';
export { WallTime } from './live/wall-time.ts';
export { phoneClientId } from './fleet/phone.ts';
