/** The bounds of a run of the kit. Times are ms on the link's clock. */

/** The kit has ended by then, whatever the device does. A healthy device takes about a minute. */
export const KIT_MS_MAX = 180_000;
/** How late a host under load may see what has arrived, or send what was written. */
export const HOST_ALLOWANCE_MS = 100;
/** How long the kit waits for an answer: longer than the protocol allows, to tell a late answer from none. */
export const ANSWER_WAIT_MS = 1_250;
/** Bytes without a line end that become an entry of their own. */
export const PENDING_BYTES_MAX = 4_096;
/** Bytes of a whole transcript; a port that sends more than this is babbling. */
export const TRANSCRIPT_BYTES_MAX = 1_000_000;
/**
 * A line whose CR no LF has followed for so long is read without one, so that a device that ends lines with CR alone is
 * heard. A LF that comes later still belongs to the line: the protocol knows no time limit inside of one.
 */
export const LONE_CR_MS = 150;
