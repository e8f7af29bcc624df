import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { carryOutOrder } from '../../../cli/commands/simulate-orders.ts';
import { seededStreams, TrainerPorts, VirtualTime } from '../../../simulator/index.ts';

const START_MS = 1_655_564_400_000;

function openPorts(trainers = 3): TrainerPorts {
  const root = mkdtempSync(join(tmpdir(), 'stedi-orders-'));
  const ports = new TrainerPorts({
    folder: join(root, 'ports'),
    trainers,
    baudRate: 57_600,
    profile: 'continuous',
    streams: seededStreams(1),
    timers: new VirtualTime(START_MS),
  });
  onTestFinished(() => {
    ports.close();
    rmSync(root, { recursive: true });
  });
  return ports;
}

describe.skipIf(!existsSync('/dev/ptmx'))('an order', () => {
  it('unplugs and plugs in, by number or by link', () => {
    const ports = openPorts();
    const link = ports.ports[1]?.link as string;
    const answers = ['unplug 1', `unplug ${link}`, 'reboot 1', 'plug ttySTEDI1'].map(
      (line) => carryOutOrder(ports, line)?.text,
    );
    expect(answers).toEqual([
      `${link} is unplugged.`,
      `${link} is unplugged; plug it in first.`,
      `${link} is unplugged; plug it in first.`,
      `${link} is plugged in: ${ports.ports[1]?.path}.`,
    ]);
    expect(carryOutOrder(ports, 'plug 1')?.text).toBe(
      `${link} is plugged in already: ${ports.ports[1]?.path}.`,
    );
    expect(existsSync(link)).toBe(true);
  });

  it('swaps two trainers, and says where they are', () => {
    const ports = openPorts();
    const [first, , third] = ports.ports;
    expect(carryOutOrder(ports, ' swap  0\t2 ')?.text).toBe(
      `${third?.serialNumber} is at ${first?.link} now, and ${first?.serialNumber} at ${third?.link}.`,
    );
    expect(ports.ports[0]?.serialNumber).toBe(third?.serialNumber);
    expect(carryOutOrder(ports, 'swap 1 1')?.text).toBe('Name two different ports.');
  });

  it('reboots, lists, helps and quits', () => {
    const ports = openPorts(2);
    expect(carryOutOrder(ports, 'reboot 0')?.text).toBe(`${ports.ports[0]?.link} reboots.`);
    ports.unplug(1);
    const [first, second] = ports.ports;
    expect(carryOutOrder(ports, 'list')).toEqual({
      text: `${first?.link}  ${first?.path}  ${first?.serialNumber}\n${second?.link}  (unplugged)  ${second?.serialNumber}`,
    });
    const help = carryOutOrder(ports, 'help')?.text as string;
    for (const name of ['unplug 0', 'plug 0', 'swap 0 1', 'reboot 0', 'list', 'help', 'quit']) {
      expect(help).toContain(`  ${name} `);
    }
    expect(carryOutOrder(ports, 'quit')).toEqual({ text: 'Stopping.', quit: true });
  });

  it.each([
    ['unplgu 0', 'There is no "unplgu". Did you mean "unplug"?'],
    ['PLUG 1', 'There is no "PLUG". Did you mean "plug"?'],
    ['exit', 'There is no "exit". Did you mean "quit"?'],
    ['explode', 'There is no "explode". "help" shows what can be done.'],
    ['constructor', 'There is no "constructor". "help" shows what can be done.'],
    ['swap 0', 'Write it like this: swap 0 1'],
    ['reboot', 'Write it like this: reboot 0'],
    ['quit now', 'Write it like this: quit'],
    ['unplug 3', 'There is no port 3. Ports are 0 to 2.'],
    ['unplug -1', 'There is no port -1. Ports are 0 to 2.'],
    ['swap 0 two', 'There is no port two. Ports are 0 to 2.'],
  ])('that is wrong, %j, changes nothing and gets a hint', (line, answer) => {
    const ports = openPorts();
    const before = ports.ports;
    expect(carryOutOrder(ports, line)).toEqual({ text: answer });
    expect(ports.ports).toEqual(before);
  });

  it('knows when there is one port only, and has nothing to say to an empty line', () => {
    const ports = openPorts(1);
    expect(carryOutOrder(ports, 'reboot 1')?.text).toBe('There is no port 1. The only port is 0.');
    expect([carryOutOrder(ports, ''), carryOutOrder(ports, '  \t')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('that the machine refuses is told why, and the others go on', () => {
    const ports = openPorts(2);
    const link = ports.ports[0]?.link as string;
    ports.unplug(0);
    writeFileSync(link, 'a file');
    expect(carryOutOrder(ports, 'plug 0')?.text).toContain(`${link} already exists`);
    expect(carryOutOrder(ports, 'reboot 1')?.text).toContain('reboots');
    rmSync(link);
    expect(carryOutOrder(ports, 'plug 0')?.text).toContain('is plugged in');
  });
});
