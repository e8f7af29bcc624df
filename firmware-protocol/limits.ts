/** The numbers of STL/1 that devices and hosts must keep. Times are ms. */

/** A command is answered within this time after its last byte. */
export const ANSWER_MS_MAX = 250;
/** How often a host repeats a command that was not answered. */
export const COMMAND_RETRIES = 2;
/** A device that sends nothing else sends a heartbeat at least this often. */
export const HEARTBEAT_MS_MAX = 5_000;
/** How late a boot loader may let a device say that it has booted. */
export const BOOT_MS_MAX = 2_500;
/** How far the pace of readings may be from the one that was asked for, as a share. */
export const RATE_TOLERANCE = 0.05;
/** How old a reading may be when its last byte arrives: what is older should have been dropped. */
export const READING_AGE_MS_MAX = 500;
/** The clock drift that a device may have if `=CAPS` states none, in ppm. */
export const DRIFT_PPM_MAX = 200;
/** The drift of a device whose host does not synchronise: more is a wrong unit or a wrong prescaler. */
export const TICK_RATE_TOLERANCE = 0.02;
/** The flag bits that have a meaning. */
export const FLAGS_DEFINED = 0b111;
