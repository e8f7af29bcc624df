/** The firmware developer's bench: who is on which port, and does it keep the protocol. */
export { BenchError } from './bench-error.ts';
export type { BenchErrorCode } from './bench-error.ts';
export type { DeviceLink, LinkTimers } from './core/device-link.ts';
export type {
  Departure,
  KitReport,
  RuleResult,
  RuleVerdict,
  TestedDevice,
  Violation,
} from './core/kit-report.ts';
export { JUDGES } from './core/judges/judges.ts';
export { startKit } from './core/kit.ts';
export type { KitOptions, KitParts, KitProgress } from './core/kit-options.ts';
export { KIT_MS_MAX } from './core/kit-limits.ts';
export type { Transcript, TranscriptEntry } from './core/transcript.ts';
export { describePort } from './ports/describe-port.ts';
export { findDevice } from './ports/find-device.ts';
export type { Introduction } from './ports/interview.ts';
export { isFolder, listPorts } from './ports/list-ports.ts';
export type { PortReport } from './ports/list-ports.ts';
export { openSerialDevice } from './ports/serial-device.ts';
export type { SerialDevice } from './ports/serial-device.ts';
export { runKit } from './ports/run-kit.ts';
export type { RunKitOptions } from './ports/run-kit.ts';
export { toCheckDocument } from './report/check-document.ts';
export { findShortfall } from './report/asked-level.ts';
export type { AskedLevel } from './report/asked-level.ts';
export type { CheckDocument, CheckTarget } from './report/check-document.ts';
export { formatCheck } from './report/check-summary.ts';
export { escapeBytes } from './report/escape-bytes.ts';
export { prepareArtifacts, REPORT_KINDS, writeArtifacts } from './report/write-artifacts.ts';
export type { ReportKind } from './report/write-artifacts.ts';
export { openEmulatedBoard } from './emulator/emulated-board.ts';
export type { EmulatedBoard, EmulatedBoardOptions, MemoryUse } from './emulator/emulated-board.ts';
export { openEmulatedDevice } from './emulator/emulated-device.ts';
export type { EmulatedDevice, EmulatedDeviceOptions } from './emulator/emulated-device.ts';
export { runTwin } from './twin/twin.ts';
export { describeEvent, toEventDocument } from './monitor/event-lines.ts';
export { LiveScreen } from './monitor/live-screen.ts';
export type { TerminalOutput } from './monitor/live-screen.ts';
export { NEW_MONITOR, stepMonitor } from './monitor/monitor-state.ts';
export type { ClockView, MonitorEvent, MonitorState } from './monitor/monitor-state.ts';
export { renderFrame } from './monitor/render-frame.ts';
export type { Screen } from './monitor/render-frame.ts';
export { watchDevice } from './monitor/watch-device.ts';
export type { WatchOptions } from './monitor/watch-device.ts';
export { openReplay } from './recording/open-replay.ts';
export type { ReplayLink, ReplayLinkOptions } from './recording/open-replay.ts';
export { recordDevice } from './recording/record-device.ts';
export type { RecordCounts, RecordOptions, RecordResult } from './recording/record-device.ts';
export { serveReplay } from './recording/serve-replay.ts';
export type { ServedReplay, ServeReplayOptions } from './recording/serve-replay.ts';
