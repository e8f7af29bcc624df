/** The judge: a process beside the demo that makes the zones again and again, and holds them against the truth. */
import type { Place } from '../../pipeline/index.ts';
import type { Plan, RunDocument } from '../../scenarios/index.ts';
import type { World } from '../../simulator/index.ts';
import type { DemoPolicy, DemoTable, ObjectPage, ReadingLife, RowKind, RowPage } from '../api.ts';
import type { Judged } from './judged.ts';

/** What a judge is given. */
export interface JudgeOptions {
  /** Where the landing objects are. */
  readonly landing: Place;
  /** File of the truth ledger, which grows: see {@link ./truth-file.ts}. */
  readonly ledger: string;
  /** The world as it is when the judge starts; {@link Judge.updateWorld} tells what is done to it. */
  readonly world: World;
  /** The plan of the run: reports are held to its expectations. */
  readonly plan: Plan;
  /** What the scenario is called in reports: its catalogue name or its path. */
  readonly file: string;
  /** An empty folder for the copy of what landed and the zones. It is whoever starts the judge that removes it. */
  readonly folder: string;
  /** The time of the world now, in epoch ms. */
  readonly now: () => number;
  readonly onVerdict: (judged: Judged) => void;
  /** Told what stopped a judgement; the judge tries again when more has landed. */
  readonly onTrouble: (failure: JudgeFailure) => void;
}

/** Why something could not be done: an error as it travels between processes. */
export interface JudgeFailure {
  readonly code: string;
  readonly message: string;
}

/** Which rows of the last verdict somebody wants to see. */
export interface RowsAsked {
  readonly policy: DemoPolicy;
  readonly table: DemoTable;
  readonly what: RowKind;
  readonly offset: number;
  /** Rows of a page; 50 if not given, 200 at most. */
  readonly limit?: number;
}

/** What `Export` writes. */
export interface JudgeReport {
  /** One HTML page that needs nothing else. */
  readonly html: string;
  readonly document: RunDocument;
}

/**
 * A judge at work. It judges as soon as something new has landed, and at most once a second. Everything that is asked
 * of it is answered from the last verdict, and fails with JudgeError VERDICT_PENDING before there is one.
 */
export interface Judge {
  /** Tells the judge what the world has become: who consents, which serial numbers the website gives out. */
  updateWorld(world: World): void;
  rows(query: RowsAsked): Promise<RowPage>;
  /** @throws JudgeError READING_UNKNOWN */
  life(reading: number): Promise<ReadingLife>;
  /** The landing objects of a table or of `quarantine`, the newest first, as of the last verdict. */
  objects(table: string): Promise<ObjectPage>;
  /** Judges what has landed until now, in full. Takes about twice as long as a verdict. */
  report(): Promise<JudgeReport>;
  /** Judges at once what has landed until now; resolves when the verdict, if there was anything new, has been told. */
  judgeNow(): Promise<void>;
  /** Ends the process. */
  close(): Promise<void>;
}
