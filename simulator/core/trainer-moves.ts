/** Which households get another trainer between their first and their second sessions. */
import type { MovesSpec } from './world-spec.ts';

/** Why a household gets another trainer: its own was sent back, or two households exchange theirs. */
export type MoveReason = 'return' | 'swap';

/** Why this household gets another trainer; `undefined` when it keeps its own. */
export function moveReason(moves: MovesSpec | undefined, station: number): MoveReason | undefined {
  const { returns = 0, swaps = 0 } = moves ?? {};
  if (station < returns) return 'return';
  return station < returns + 2 * swaps ? 'swap' : undefined;
}

/** The household that exchanges trainers with this one. */
export function swapPartner(moves: MovesSpec | undefined, station: number): number | undefined {
  if (moves === undefined || moveReason(moves, station) !== 'swap') return undefined;
  return station + ((station - moves.returns) % 2 === 0 ? 1 : -1);
}
