/** Switches of the world as a whole: the fulfilment bug, the clocks, the broker, the storage, and the pipeline. */
import type { Deed, DemoPolicy, RunFacts, RunState } from '../../api.ts';
import { byId } from '../elements.ts';
import { countText, millisText } from '../words/numbers.ts';
import { choiceControl, sliderControl, switchControl } from './controls.ts';

/** Does something to the world; a refusal has been shown when it resolves. */
export type DoDeed = (deed: Deed) => Promise<void>;

/** Shows how the world is switched, and switches it. */
export class WorldSwitches {
  readonly #fieldset = byId('world-switches', HTMLFieldSetElement);
  readonly #policies = byId('policy', HTMLFieldSetElement);
  readonly #bug;
  readonly #pool;
  readonly #skew;
  readonly #broker;
  readonly #storage;
  readonly #policy;

  constructor(doDeed: DoDeed, choosePolicy: (policy: DemoPolicy) => Promise<void>) {
    this.#pool = sliderControl('pool', countText, (pool) => doDeed({ do: 'serials', pool }));
    const { input } = this.#pool;
    this.#bug = switchControl('bug', (isOn) =>
      doDeed({ do: 'serials', pool: isOn ? input.valueAsNumber : null }),
    );
    this.#skew = sliderControl('skew', millisText, (ms) => doDeed({ do: 'skew', ms }));
    this.#broker = switchControl('broker', (isUp) => doDeed({ do: 'broker', isUp }));
    this.#storage = switchControl('storage', (isUp) => doDeed({ do: 'storage', isUp }));
    this.#policy = choiceControl('policy', (value) =>
      choosePolicy(value === 'classic' ? 'classic' : 'strict'),
    );
  }

  /** Another run, or the first. */
  showRun({ poolMax }: RunFacts): void {
    this.#pool.input.max = String(poolMax);
    this.#pool.show(Math.min(30, poolMax));
  }

  /** How everything is switched now. */
  showState({ phase, switches }: RunState): void {
    const isRunning = phase === 'running';
    this.#fieldset.disabled = !isRunning;
    this.#policies.disabled = phase === 'starting';
    this.#bug.show(switches.pool !== undefined);
    if (switches.pool !== undefined) this.#pool.show(switches.pool);
    this.#pool.input.disabled = switches.pool === undefined;
    this.#skew.show(switches.skewMs);
    this.#broker.show(switches.broker === 'up');
    this.#storage.show(switches.storage === 'up');
    this.#policy.show(switches.policy);
  }
}
