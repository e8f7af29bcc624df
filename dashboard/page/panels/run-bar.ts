/** The bar at the top: which run it is, its time, and what is done with the run as a whole. */
import type { Deed, RunFacts, RunState } from '../../api.ts';
import { byId, setData, setText } from '../elements.ts';
import type { WorldClock } from '../live/world-clock.ts';
import { phaseText } from '../words/conditions.ts';
import { clockText, spanText } from '../words/numbers.ts';
import { choiceControl } from './controls.ts';

/** What the bar asks for. */
export interface RunActions {
  readonly doDeed: (deed: Deed) => Promise<void>;
  readonly save: () => Promise<void>;
  readonly export: () => Promise<void>;
  readonly restart: () => Promise<void>;
}

/** Shows the run and its clock. */
export class RunBar {
  readonly #phase = byId('phase', HTMLElement);
  readonly #title = byId('title', HTMLElement);
  readonly #origin = byId('origin', HTMLElement);
  readonly #pause = byId('pause', HTMLButtonElement);
  readonly #pauseText = byId('pause-text', HTMLElement);
  readonly #clock = byId('clock', HTMLTimeElement);
  readonly #elapsed = byId('elapsed', HTMLProgressElement);
  readonly #left = byId('left', HTMLElement);
  readonly #speed = byId('speed', HTMLFieldSetElement);
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #speedChoice;
  #facts: RunFacts | undefined;
  #isPaused = false;

  constructor(actions: RunActions) {
    this.#buttons = [
      busyButton('save', actions.save),
      busyButton('export', actions.export),
      busyButton('restart', actions.restart),
    ];
    this.#speedChoice = choiceControl('speed', (value) =>
      actions.doDeed({ do: 'speed', factor: Number(value) }),
    );
    this.#pause.addEventListener('click', () => {
      void actions.doDeed({ do: 'pause', isOn: !this.#isPaused });
    });
  }

  /** Another run, or the first. */
  showRun(facts: RunFacts): void {
    this.#facts = facts;
    setText(this.#title, facts.title);
    setText(this.#origin, `${facts.file}, seed ${facts.seed}`);
    this.#title.title = facts.about === undefined ? facts.title : `${facts.title}. ${facts.about}`;
    for (const button of this.#buttons) button.disabled = false;
  }

  /** How the run is. */
  showState(state: RunState): void {
    const text = phaseText(state);
    setText(this.#phase, text);
    setData(this.#phase, 'phase', text === 'Paused' ? 'paused' : state.phase);
    const isRunning = state.phase === 'running';
    this.#isPaused = state.isPaused;
    this.#pause.disabled = !isRunning || state.switches.isSpeedFixed;
    setData(this.#pause, 'paused', state.isPaused ? '' : undefined);
    setText(this.#pauseText, state.isPaused ? 'Continue' : 'Pause');
    this.#speed.disabled = !isRunning || state.switches.isSpeedFixed;
    this.#speed.title = state.switches.isSpeedFixed
      ? 'A real device is on a port: its clock cannot be made faster.'
      : '';
    this.#speedChoice.show(String(state.speed));
  }

  /** Nobody knows how the run is; the next state tells. */
  showLost(): void {
    setText(this.#phase, 'No link');
    setData(this.#phase, 'phase', 'failed');
  }

  /** Writes the time; called with every frame. */
  tick(clock: WorldClock): void {
    const atMs = clock.at(performance.now());
    if (atMs === undefined || this.#facts === undefined) return;
    const { startMs, endMs } = this.#facts;
    const shownMs = Math.min(Math.max(atMs, startMs), endMs);
    setText(this.#clock, clockText(shownMs));
    const left = `${spanText(endMs - shownMs)} left`;
    if (this.#left.textContent === left) return;
    setText(this.#left, left);
    this.#clock.dateTime = new Date(shownMs).toISOString();
    this.#elapsed.value = (shownMs - startMs) / (endMs - startMs);
  }
}

function busyButton(id: string, act: () => Promise<void>): HTMLButtonElement {
  const button = byId(id, HTMLButtonElement);
  button.addEventListener('click', () => {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    void act().finally(() => {
      button.ariaBusy = 'false';
    });
  });
  return button;
}
