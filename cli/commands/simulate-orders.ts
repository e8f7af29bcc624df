/** What can be typed while trainers are simulated: one order a line, one answer to each. */
import { nearestWord } from '../../presentation/index.ts';
import { SimulatorError } from '../../simulator/index.ts';
import type { TrainerPort, TrainerPorts } from '../../simulator/index.ts';

const USAGE_WIDTH = 10;

/** An answer of one or more lines; with `quit` the simulation ends. */
export interface OrderAnswer {
  readonly text: string;
  readonly quit?: true;
}

interface Order {
  /** An example; it has as many ports as the order takes. */
  readonly usage: string;
  readonly does: string;
  /** Gives the answer. */
  readonly obey: (ports: TrainerPorts, port: number, other: number) => string;
}

const ORDERS: Readonly<Record<string, Order>> = {
  unplug: {
    usage: 'unplug 0',
    does: 'pull the cable: the port vanishes, the trainer has no power',
    obey: (ports, port) =>
      ports.unplug(port) ? `${at(ports, port).link} is unplugged.` : isOut(at(ports, port)),
  },
  plug: {
    usage: 'plug 0',
    does: 'plug it in again, under the same link',
    obey: (ports, port) => {
      const state = ports.plug(port) ? 'plugged in' : 'plugged in already';
      const { link, path } = at(ports, port);
      return `${link} is ${state}: ${path}.`;
    },
  },
  swap: {
    usage: 'swap 0 1',
    does: 'let two trainers change places; their ports stay open',
    obey: (ports, port, other) => {
      if (!ports.swap(port, other)) return 'Name two different ports.';
      const [here, there] = [at(ports, port), at(ports, other)];
      return `${here.serialNumber} is at ${here.link} now, and ${there.serialNumber} at ${there.link}.`;
    },
  },
  reboot: {
    usage: 'reboot 0',
    does: 'take the power away for a moment; the port stays open',
    obey: (ports, port) =>
      ports.reboot(port) ? `${at(ports, port).link} reboots.` : isOut(at(ports, port)),
  },
  list: { usage: 'list', does: 'say which trainer is at which port', obey: listTrainers },
  help: { usage: 'help', does: 'show this', obey: helpText },
  quit: { usage: 'quit', does: 'stop', obey: () => 'Stopping.' },
};

/** Carries out one line that was typed. An empty line has no answer. */
export function carryOutOrder(ports: TrainerPorts, line: string): OrderAnswer | undefined {
  const [name = '', ...words] = line.trim().split(/\s+/);
  if (name === '') return undefined;
  const order = Object.hasOwn(ORDERS, name) ? ORDERS[name] : undefined;
  if (order === undefined) return { text: unknownOrder(name) };
  const wanted = order.usage.split(' ').length - 1;
  if (words.length !== wanted) return { text: `Write it like this: ${order.usage}` };
  const numbers = words.map((word) => readPort(word, ports));
  const wrong = words.find((_, index) => numbers[index] === undefined);
  if (wrong !== undefined) return { text: noSuchPort(wrong, ports) };
  try {
    const text = order.obey(ports, numbers[0] ?? 0, numbers[1] ?? 0);
    return name === 'quit' ? { text, quit: true } : { text };
  } catch (error) {
    if (error instanceof SimulatorError) return { text: error.message };
    throw error;
  }
}

function at({ ports }: TrainerPorts, port: number): TrainerPort {
  return ports[port] as TrainerPort;
}

function isOut({ link }: TrainerPort): string {
  return `${link} is unplugged; plug it in first.`;
}

function listTrainers({ ports }: TrainerPorts): string {
  return ports
    .map(({ link, path, serialNumber }) => `${link}  ${path ?? '(unplugged)'}  ${serialNumber}`)
    .join('\n');
}

function helpText(): string {
  return Object.values(ORDERS)
    .map(({ usage, does }) => `  ${usage.padEnd(USAGE_WIDTH)}  ${does}`)
    .join('\n');
}

function unknownOrder(name: string): string {
  const nearest = nearestWord(name.toLowerCase(), Object.keys(ORDERS));
  const hint =
    nearest === undefined ? '"help" shows what can be done.' : `Did you mean "${nearest}"?`;
  return `There is no "${name}". ${hint}`;
}

/** A port by its number or by the name of its link. */
function readPort(word: string, { ports }: TrainerPorts): number | undefined {
  const number = /^(?:.*ttySTEDI)?(\d{1,4})$/.exec(word)?.[1];
  return number !== undefined && Number(number) < ports.length ? Number(number) : undefined;
}

function noSuchPort(word: string, { ports }: TrainerPorts): string {
  const known = ports.length === 1 ? 'The only port is 0.' : `Ports are 0 to ${ports.length - 1}.`;
  return `There is no port ${word}. ${known}`;
}
