/** The work of the judge, without the process around it: one judgement after the other, and questions about the last one. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../scenarios/index.ts';
import type { World } from '../../simulator/index.ts';
import type { DemoPolicy, ObjectPage, ReadingLife, RowPage } from '../api.ts';
import { findDueRows } from './due-rows.ts';
import { JudgeError } from './judge-error.ts';
import { evidenceOf, judgePolicy } from './judge-policy.ts';
import type { Facts, Finding } from './judge-policy.ts';
import type { JudgeOptions, JudgeReport, RowsAsked } from './judge.ts';
import type { Judged } from './judged.ts';
import { describeReadings } from './landed-facts.ts';
import { LandingCopy } from './landing-copy.ts';
import type { CopiedObject } from './landing-copy.ts';
import { LandingMatch } from './landing-match.ts';
import { pageOfObjects } from './object-page.ts';
import { tellLife } from './reading-life.ts';
import { pageOfRows } from './row-page.ts';
import { makeReport } from './run-report.ts';
import { toldWorld } from './told-world.ts';
import { countTruth } from './truth-counts.ts';
import { TruthFile } from './truth-file.ts';

/** The pipelines that are judged, in their order. */
const POLICIES = ['strict', 'classic'] as const;

/** What the court is given. */
export type CourtOptions = Pick<
  JudgeOptions,
  'landing' | 'ledger' | 'world' | 'plan' | 'file' | 'folder'
>;

/** The last judgement. */
export interface Session {
  readonly cycle: number;
  readonly findings: Readonly<Record<DemoPolicy, Finding>>;
  /** What has landed. */
  readonly objects: readonly CopiedObject[];
}

/** Judges what has landed. Judgements must not run beside each other; questions may come at any time. */
export class Court {
  readonly #plan: Plan;
  readonly #file: string;
  readonly #folder: string;
  readonly #copy: LandingCopy;
  readonly #truth: TruthFile;
  readonly #match: LandingMatch;
  /** Objects that are copied and not matched yet. */
  #unmatched: CopiedObject[] = [];
  #world: World;
  #last: Session | undefined;

  constructor({ landing, ledger, world, plan, file, folder }: CourtOptions) {
    this.#plan = plan;
    this.#file = file;
    this.#folder = folder;
    this.#world = world;
    this.#copy = new LandingCopy(landing, folder);
    this.#truth = new TruthFile(ledger);
    this.#match = new LandingMatch(world);
  }

  /** Takes over what has changed in the world. */
  updateWorld(change: Partial<World>): void {
    this.#world = { ...this.#world, ...change };
  }

  /**
   * Judges what has landed by `asOfMs` (epoch ms); `undefined` when nothing has landed since the last judgement. Throws
   * what the landing zone and the ledger throw; what stops a pipeline is part of the verdict.
   */
  async judge(asOfMs: number): Promise<Judged | undefined> {
    const startMs = performance.now();
    const isNew = await this.#takeLanded();
    if (!isNew && this.#last !== undefined) return undefined;
    const cycle = (this.#last?.cycle ?? 0) + 1;
    const facts = this.#facts;
    const { landed, readings } = facts;
    const due = findDueRows(evidenceOf(facts));
    const found = describeReadings(landed, readings, this.#world.people.length);
    const findings = {} as Record<DemoPolicy, Finding>;
    for (const policy of POLICIES) {
      findings[policy] = await judgePolicy({
        ...facts,
        policy,
        due,
        usedTrainers: found.usedTrainers,
        landing: this.#copy.folder,
        out: join(this.#folder, `zones-${policy}`),
        kept: join(this.#judgedFolder(cycle), policy),
        before: this.#last?.findings[policy],
      });
    }
    // Whoever asked may have waited for the judge, and meanwhile more has landed.
    const untilMs = Math.max(asOfMs, found.untilMs ?? asOfMs);
    const truth = countTruth({ world: this.#world, readings, landed, due, asOfMs: untilMs });
    await this.#adopt({ cycle, findings, objects: this.#copy.objects });
    const { strict, classic } = findings;
    const tookMs = Math.round(performance.now() - startMs);
    const policies = { strict: strict.judged.verdict, classic: classic.judged.verdict };
    return {
      verdict: { cycle, asOfMs: untilMs, tookMs, truth, policies },
      landed: {
        objects: this.#copy.objects.length,
        rows: landed.rows,
        quarantined: this.#match.quarantined,
        toldUntilMs: [...this.#match.toldUntilMs],
        readingsUntilMs: found.untilMs,
        unexpected: landed.unexpectedRows,
        stepsOf: found.stepsOf,
        samplesOf: found.samplesOf,
      },
      rowsOf: { strict: strict.judged.rowsOf, classic: classic.judged.rowsOf },
    };
  }

  /** @throws JudgeError VERDICT_PENDING */
  async rows(query: RowsAsked): Promise<RowPage> {
    return pageOfRows(this.#session, query);
  }

  /** @throws JudgeError VERDICT_PENDING, READING_UNKNOWN */
  async life(reading: number): Promise<ReadingLife> {
    const session = this.#session;
    const { readings } = this.#truth;
    const truth = readings[reading];
    if (truth !== undefined) return tellLife(session, truth);
    const message = `There is no reading ${reading}: until now there are the readings 0 to ${readings.length - 1}.`;
    throw new JudgeError('READING_UNKNOWN', message);
  }

  /** @throws JudgeError VERDICT_PENDING */
  async objects(table: string): Promise<ObjectPage> {
    return pageOfObjects(this.#session.objects, table, (key) => this.#match.rowsIn(key));
  }

  /** @throws JudgeError VERDICT_PENDING */
  async report(): Promise<JudgeReport> {
    const { findings } = this.#session;
    return makeReport({
      plan: this.#plan,
      file: this.#file,
      scratch: join(this.#folder, 'report'),
      landing: this.#copy.folder,
      facts: this.#facts,
      truth: this.#truth,
      policies: POLICIES.filter((policy) => findings[policy].zones !== undefined),
    });
  }

  close(): void {
    this.#copy.close();
  }

  get #facts(): Facts {
    return {
      world: toldWorld(this.#world, this.#match.toldUntilMs),
      readings: this.#truth.readings,
      landed: this.#match.landed,
    };
  }

  get #session(): Session {
    if (this.#last !== undefined) return this.#last;
    const message = 'Nothing has been judged yet. Wait for the first verdict.';
    throw new JudgeError('VERDICT_PENDING', message);
  }

  /** The landing zone first: of nearly all that is in it, the truth is written down by then. True when anything is new. */
  async #takeLanded(): Promise<boolean> {
    this.#unmatched.push(...(await this.#copy.update()));
    await this.#truth.update();
    const isKnown = this.#match.addTruths(this.#truth.readings);
    const isNew = isKnown || this.#unmatched.length > 0;
    for (const object of this.#unmatched) await this.#match.addObject(object);
    this.#unmatched = [];
    return isNew;
  }

  #judgedFolder(cycle: number): string {
    return join(this.#folder, `judged-${cycle}`);
  }

  /** Zones of the judgement before stay once more: somebody may be reading them. */
  async #adopt(session: Session): Promise<void> {
    this.#last = session;
    await rm(this.#judgedFolder(session.cycle - 2), { recursive: true, force: true });
  }
}
