/** Tells people that the spool was damaged. */
import type { NoticeSink } from '../notice.ts';
import { plural } from '../wording.ts';
import type { SegmentDamage } from './segment-objects.ts';

/** A spool may have thousands of segments, and all of them may be damaged. */
const TOLD_MAX = 8;

/** One warning for each damaged segment, up to a number of them. */
export class DamageNotices {
  readonly #folder: string;
  readonly #notices: Pick<NoticeSink, 'notice'>;
  #found = 0;

  /** `folder` is that of the spool. */
  constructor(folder: string, notices: Pick<NoticeSink, 'notice'>) {
    this.#folder = folder;
    this.#notices = notices;
  }

  /** Notes a segment that was found to be damaged. */
  tell(damage: SegmentDamage): void {
    this.#found++;
    if (this.#found <= TOLD_MAX) this.#warn(this.#describe(damage));
    if (this.#found === TOLD_MAX + 1) {
      this.#warn(
        `More segments of the spool ${this.#folder} are damaged. They are not told one by one: see quarantine.`,
      );
    }
  }

  #describe({ table, reason, ranges, bytes }: SegmentDamage): string {
    if (reason === 'spool-segment-missing') {
      return `A segment of the spool ${this.#folder} is gone. It is told in ${table} as ${reason}.`;
    }
    const extent = `${plural(ranges, 'range')}, ${plural(bytes, 'byte')}`;
    return `The spool ${this.#folder} was damaged: ${extent}. What is readable lands, the rest is in ${table} as ${reason}.`;
  }

  #warn(text: string): void {
    this.#notices.notice({ level: 'warn', part: 'spool', text });
  }
}
