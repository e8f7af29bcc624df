/** The sentence, and below it what really happened beside what the ML table believes. */
import type { DemoPolicy, TruthCounts, Verdict } from '../../api.ts';
import { byId, element, setData, setText } from '../elements.ts';
import { headlineOf } from '../words/headline.ts';
import { clockText, countText, millisText, shareText } from '../words/numbers.ts';
import { BeliefTable } from './belief-table.ts';
import { DotField } from './dot-field.ts';

/** Shows the last verdict under the chosen policy. */
export class VerdictPanels {
  readonly #headline = byId('verdict', HTMLElement);
  readonly #sentence = byId('sentence', HTMLElement);
  readonly #judged = byId('judged', HTMLElement);
  readonly #people = byId('truth-people', HTMLElement);
  readonly #foot = byId('belief-foot', HTMLElement);
  readonly #truthDots = new DotField('truth-dots');
  readonly #beliefDots = new DotField('belief-dots');
  readonly #belief = new BeliefTable();
  #shown = '';

  /** `undefined` before the first verdict. */
  show(verdict: Verdict | undefined, policy: DemoPolicy): void {
    const headline = headlineOf(verdict, policy);
    const sentence = headline.phrases.map(({ text }) => text).join('');
    setData(this.#headline, 'mood', headline.mood);
    if (this.#shown !== sentence) {
      this.#shown = sentence;
      this.#sentence.replaceChildren(
        ...headline.phrases.map(({ text, tone }) =>
          tone === 'plain' ? text : element('strong', { class: tone }, text),
        ),
      );
    }
    this.#belief.show(verdict, policy);
    setText(this.#judged, verdict === undefined ? 'No verdict yet' : judgedText(verdict));
    this.#showTruth(verdict?.truth);
    this.#showBelief(verdict, policy);
  }

  #showTruth(truth: TruthCounts | undefined): void {
    writeCounts(truth);
    if (truth === undefined) {
      this.#truthDots.show([], 'No steps have landed yet');
      setText(this.#people, 'Nothing has been judged yet.');
      return;
    }
    const { usableSteps, landedSteps, peopleExercised, peopleConsenting } = truth;
    this.#truthDots.show(
      [
        { mark: 'right', count: usableSteps },
        { mark: 'off', count: landedSteps - usableSteps },
      ],
      `${shareText(usableSteps, landedSteps)} of the steps that landed may be used`,
    );
    setText(
      this.#people,
      `${countText(peopleExercised)} people exercised, ${countText(peopleConsenting)} share data. A dot: 1% of steps.`,
    );
  }

  #showBelief(verdict: Verdict | undefined, policy: DemoPolicy): void {
    const of = verdict?.policies[policy];
    const rows = of?.tables.machine_learning_curated.rows ?? 0;
    const right = of?.rightPairs ?? 0;
    const wrong = of?.mismatched ?? 0;
    this.#beliefDots.show(
      [
        { mark: 'right', count: right },
        { mark: 'wrong', count: wrong },
        { mark: 'leaked', count: Math.max(0, rows - right - wrong) },
      ],
      rows === 0
        ? 'The ML table has no rows yet'
        : `${shareText(right, rows)} of the rows are right, ${shareText(wrong, rows)} pair a step with somebody else’s phone`,
    );
    setText(
      this.#foot,
      rows === 0
        ? 'The ML table has no rows yet.'
        : 'A dot: 1% of the rows. Leaked: of all tables.',
    );
  }
}

function writeCounts(truth: TruthCounts | undefined): void {
  const write = (id: string, count: (of: TruthCounts) => number): void => {
    setText(byId(`truth-${id}`, HTMLElement), truth === undefined ? '–' : countText(count(truth)));
  };
  write('steps', (of) => of.steps);
  write('samples', (of) => of.samples);
  write('landed-steps', (of) => of.landedSteps);
  write('landed-samples', (of) => of.landedSamples);
  write('usable-steps', (of) => of.usableSteps);
  write('usable-samples', (of) => of.usableSamples);
  write('barred-steps', (of) => of.landedSteps - of.usableSteps);
  write('barred-samples', (of) => of.landedSamples - of.usableSamples);
}

function judgedText({ cycle, asOfMs, tookMs }: Verdict): string {
  return `Verdict ${countText(cycle)}: all that had landed by ${clockText(asOfMs)}, judged in ${millisText(tookMs)}`;
}
