/** What a running bridge tells: metrics, health, notices and a line on the terminal. */
export { BridgeMetrics } from './bridge-metrics.ts';
export type {
  BridgeStatus,
  BrokerStatus,
  Counts,
  DeviceStatus,
  ListenerStatus,
  SerialStatus,
  StorageStatus,
} from './bridge-status.ts';
export { METRICS } from './metric-list.ts';
export type { Notice, NoticeLevel, NoticePart, NoticeSink } from '../notice.ts';
export { noticeLog } from './notice-log.ts';
export type { LogLevel } from './notice-log.ts';
export { judgeReadiness } from './readiness.ts';
export type { Readiness } from './readiness.ts';
export { StatusScreen } from './status-screen.ts';
export { TrafficTally } from './traffic-tally.ts';
export { startWatchServer } from './watch-server.ts';
export type { WatchServer } from './watch-server.ts';
