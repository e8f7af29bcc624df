/** What the demo's process and the judge's process tell each other. */
import type { World } from '../../simulator/index.ts';
import type { CourtOptions } from './court.ts';
import type { JudgeFailure, RowsAsked } from './judge.ts';

/** What can be asked of the judge. */
export type JudgeQuestion =
  /** Answered with a `Judged`, or `undefined` when nothing has landed since the last time. */
  | { readonly ask: 'judge'; readonly asOfMs: number }
  | { readonly ask: 'rows'; readonly query: RowsAsked }
  | { readonly ask: 'life'; readonly reading: number }
  | { readonly ask: 'objects'; readonly table: string }
  | { readonly ask: 'report' };

/** To the judge. Questions are numbered; their answers may come in another order. */
export type JudgeOrder =
  | { readonly kind: 'begin'; readonly options: CourtOptions }
  | { readonly kind: 'world'; readonly world: Partial<World> }
  | { readonly kind: 'question'; readonly number: number; readonly question: JudgeQuestion };

/** From the judge. */
export type JudgeReply =
  | { readonly kind: 'answer'; readonly number: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly number: number; readonly failure: JudgeFailure };
