/** The way of the data from ports and phones to the bucket, each part with its rate. */
import type { Flow, RunState } from '../../api.ts';
import { byId, element, setData, setText, unseen } from '../elements.ts';
import { byteText, rateText, shortCount } from '../words/numbers.ts';

/** What is written of a part. */
interface PartText {
  readonly rate: number;
  readonly total: string;
  readonly detail: string;
  /** `down` while it does not work; `full` while something waits in it. */
  readonly trouble?: 'down' | 'full' | undefined;
}

/** A part of the way. */
interface Part {
  readonly id: keyof Flow;
  readonly name: string;
  readonly unit: string;
  readonly evidence: string;
  readonly text: (flow: Flow) => PartText;
}

const PARTS: readonly Part[] = [
  {
    id: 'serial',
    name: 'Serial',
    unit: 'lines/s',
    evidence: 'objects:step_trainer_landing',
    text: ({ serial }) => ({
      rate: serial.perSecond,
      total: `${shortCount(serial.total)} lines`,
      detail: `${byteText(serial.bytesPerSecond)}/s`,
    }),
  },
  {
    id: 'mqtt',
    name: 'MQTT',
    unit: 'messages/s',
    evidence: 'objects:accelerometer_landing',
    text: ({ mqtt }) => ({
      rate: mqtt.perSecond,
      total: `${shortCount(mqtt.total)} messages`,
      detail: mqtt.isUp ? `${rateText(mqtt.samplesPerSecond)} samples/s` : 'broker is down',
      trouble: mqtt.isUp ? undefined : 'down',
    }),
  },
  {
    id: 'bridge',
    name: 'Bridge',
    unit: 'records/s',
    evidence: 'objects:quarantine',
    text: ({ bridge }) => ({
      rate: bridge.perSecond,
      total: `${shortCount(bridge.total)} records`,
      detail: `${shortCount(bridge.quarantined)} quarantined`,
    }),
  },
  {
    id: 'spool',
    name: 'Spool',
    unit: 'rows/s',
    evidence: 'objects:step_trainer_landing',
    text: ({ spool }) => ({
      rate: spool.perSecond,
      total: `${shortCount(spool.waitingRows)} rows wait`,
      detail: `${byteText(spool.bytes)} on disk`,
    }),
  },
  {
    id: 's3',
    name: 'S3',
    unit: 'rows/s',
    evidence: 'objects:step_trainer_landing',
    text: ({ s3 }) => ({
      rate: s3.perSecond,
      total: `${shortCount(s3.objects)} objects`,
      detail: s3.isUp ? `${shortCount(s3.total)} rows` : 'storage is down',
      trouble: s3.isUp ? undefined : 'down',
    }),
  },
];

/** From these rates on a wire is drawn slow, brisk, fast. */
const PACES = [0.05, 50, 1_000] as const;

/** The strip. Wires move while something passes. */
export class FlowStrip {
  readonly #nodes: readonly FlowNode[];

  constructor() {
    this.#nodes = PARTS.map((part) => new FlowNode(part));
    byId('flow', HTMLElement).replaceChildren(...this.#nodes.map((node) => node.element));
  }

  /** What passes now. */
  showState({ flow, isPaused, phase }: RunState): void {
    const isStill = isPaused || phase === 'ended' || phase === 'failed';
    for (const node of this.#nodes) node.show(flow, isStill);
  }
}

class FlowNode {
  readonly element: HTMLLIElement;
  readonly #part: Part;
  readonly #rate = element('span', { class: 'rate' }, '–');
  readonly #total = element('span', {}, '–');
  readonly #detail = element('span', { class: 'detail' }, '–');

  constructor(part: Part) {
    this.#part = part;
    const button = element(
      'button',
      { type: 'button', class: 'node', 'data-evidence': part.evidence },
      element('span', { class: 'name' }, part.name),
      element('span', { class: 'now' }, this.#rate, ` ${part.unit}`),
      this.#total,
      this.#detail,
      unseen(' show the objects'),
    );
    this.element = element('li', { 'data-part': part.id }, button);
  }

  show(flow: Flow, isStill: boolean): void {
    const { rate, total, detail, trouble } = this.#part.text(flow);
    setText(this.#rate, rateText(rate));
    setText(this.#total, total);
    setText(this.#detail, detail);
    setData(this.element, 'trouble', trouble);
    const pace = isStill ? 0 : PACES.filter((from) => rate >= from).length;
    setData(this.element, 'pace', String(pace));
  }
}
