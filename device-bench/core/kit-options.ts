/** How a run of the kit is ordered. */
import type { Level, RuleId } from '../../firmware-protocol/index.ts';
import type { Act } from './acts/act.ts';
import type { Dialogue } from './acts/dialogue.ts';
import type { Judge } from './judges/judge.ts';
import type { KitReport } from './kit-report.ts';

/** How the kit runs. */
export interface KitOptions {
  /** The highest level whose rules are tested. */
  readonly level: Level;
  /** Chooses the garbage and the pauses; the same seed gives the same ones again. */
  readonly seed?: string;
  /** Called once, at the end. */
  readonly onDone: (report: KitReport) => void;
  readonly onProgress?: (progress: KitProgress) => void;
  /** What is played and who judges it; those of STL/1 unless given. */
  readonly parts?: KitParts;
}

/** What a kit is made of. Acts and judges that throw end the run as crashed. */
export interface KitParts {
  /** Plays all acts but the farewell, and gives the reason when it has to end before the last. */
  readonly play?: (dialogue: Dialogue) => Act<string | undefined>;
  readonly judges?: Readonly<Record<RuleId, Judge>>;
}

/** How far the kit is. */
export interface KitProgress {
  /** The act that has begun. */
  readonly act: string;
  readonly done: number;
  readonly total: number;
}
