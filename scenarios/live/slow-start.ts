/** A world that runs faster than real time begins slowly: until its trainers are started, this machine must keep up with it. */
import type { LiveRun } from './live-run.ts';

/** Ms of the world in one real ms, until trainers are started; and when half of the time is over and they are not. */
const SPEED = 2;
const BUSY_SPEED = 0.5;
/** How often trainers are looked at, in real ms. */
const LOOK_MS = 20;
/** A world in which trainers are never all started goes on all the same after so many ms of its own. */
const PATIENCE_MS = 30_000;

/** What can begin slowly. */
export type SlowStarter = Pick<
  LiveRun,
  'world' | 'atMs' | 'speed' | 'areTrainersStarted' | 'setSpeed'
>;

/** Slows a run down until all its trainers are started, the first exercise begins, or it took too long. Returns what ends it. */
export function beginSlowly(run: SlowStarter): () => void {
  const fullSpeed = run.speed;
  if (fullSpeed <= SPEED) return () => undefined;
  const { spec, people } = run.world;
  const firstMs = people.flatMap(({ sessions }) => sessions.map(({ startMs }) => startMs));
  const untilMs = Math.min(spec.startMs + PATIENCE_MS, ...firstMs);
  const halfMs = (spec.startMs + untilMs) / 2;
  run.setSpeed(SPEED);
  const looking = setInterval(() => {
    if (run.areTrainersStarted || run.atMs >= untilMs) {
      clearInterval(looking);
      run.setSpeed(fullSpeed);
    } else if (run.atMs >= halfMs) {
      run.setSpeed(BUSY_SPEED);
    }
  }, LOOK_MS);
  return () => clearInterval(looking);
}
