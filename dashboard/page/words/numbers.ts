/** Numbers, shares and times as the page writes them: the same width for the same number of digits, in every locale. */

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const TENTH = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** 12345 as `12,345`. */
export function countText(count: number): string {
  return WHOLE.format(count);
}

/** A count in few characters: `9,999`, `12.3 k`, `142 k`, `4.6 M`. */
export function shortCount(count: number): string {
  if (count < 10_000) return WHOLE.format(count);
  if (count < 99_950) return `${TENTH.format(count / 1_000)} k`;
  if (count < 999_500) return `${WHOLE.format(count / 1_000)} k`;
  return `${TENTH.format(count / 1_000_000)} M`;
}

/** How many a second: one decimal below ten, so that slow things are seen to move. */
export function rateText(perSecond: number): string {
  return perSecond < 9.95 ? TENTH.format(perSecond) : shortCount(perSecond);
}

/** Bytes with decimal units. */
export function byteText(bytes: number): string {
  if (bytes < 1_000) return `${WHOLE.format(bytes)} B`;
  if (bytes < 999_950) return `${TENTH.format(bytes / 1_000)} kB`;
  return `${TENTH.format(bytes / 1_000_000)} MB`;
}

/** A share that never claims all or nothing unless it is. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0%';
  if (part === whole) return '100%';
  const percent = (100 * part) / whole;
  if (percent < 1) return 'less than 1%';
  if (percent > 99) return 'over 99%';
  return `${Math.round(percent)}%`;
}

/** The time of day of the world, as the story writes it: UTC, to the second. */
export function clockText(atMs: number): string {
  return Number.isFinite(atMs) ? new Date(atMs).toISOString().slice(11, 19) : '--:--:--';
}

/** How long: `4:05`. */
export function spanText(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How many ms, with the unit that reads best. */
export function millisText(ms: number): string {
  const size = Math.abs(ms);
  return size < 1_000 ? `${Math.round(ms)} ms` : `${TENTH.format(ms / 1_000)} s`;
}
