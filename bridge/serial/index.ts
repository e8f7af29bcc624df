/** Serial ports that come and go. */
export { superviseSerial } from './supervise-serial.ts';
export type {
  SerialEvent,
  SerialPortStatus,
  SerialSupervisor,
  SuperviseSerialOptions,
} from './supervise-serial.ts';
export type { PortChange, PortState } from './supervised-port.ts';
export { machinePorts } from './serial-world.ts';
export type { SerialWorld } from './serial-world.ts';
