import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Argv, CommandModule } from 'yargs';
import { startBridge } from '../../bridge/index.ts';
import { UsageError } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { checkS3Url } from '../s3-url.ts';
import { refuseRepeats } from '../repeats.ts';
import { printJson, printNote } from '../terminal.ts';

interface BridgeArguments {
  serial: string[] | undefined;
  baud: number;
  broker: string | undefined;
  s3: string | undefined;
  bucket: string;
  id: string | undefined;
  json: boolean;
}

/** `stedi bridge`: lands what real devices and a real broker send, until Ctrl-C. */
export const bridgeCommand: CommandModule<object, BridgeArguments> = {
  command: 'bridge',
  describe: 'Land what serial ports and an MQTT broker send in a bucket, until Ctrl-C',
  builder: (yargs) => describeArguments(yargs),
  handler: async ({ serial = [], baud, broker, s3, bucket, id, json }) => {
    if (serial.length === 0 && broker === undefined) {
      throw new UsageError(
        'Nothing to listen to. Name serial ports with --serial or a broker with --broker.',
      );
    }
    if (id !== undefined && !/^[\w-]{1,32}$/.test(id)) {
      throw new UsageError('--id takes up to 32 letters, digits, hyphens and underscores.');
    }
    const signal = interruptSignal();
    const bridge = await startBridge({
      id: id ?? `bridge-${randomBytes(4).toString('hex')}`,
      serialPaths: serial,
      baudRate: baud,
      brokerUrl: broker,
      endpoint: s3,
      bucket,
      onNotice: printNote,
    });
    if (!signal.aborted) await once(signal, 'abort');
    await bridge.close();
    if (json) printJson(bridge.counts);
    else {
      const { records } = bridge.counts;
      const landed = records.accelerometer_landing + records.step_trainer_landing;
      const quarantined =
        records['quarantine/accelerometer_landing'] + records['quarantine/step_trainer_landing'];
      printNote(`Landed ${landed} records, quarantined ${quarantined}.`);
    }
  },
};

function describeArguments(yargs: Argv): Argv<BridgeArguments> {
  return yargs
    .options({
      serial: {
        describe: 'Serial port, such as /dev/ttyUSB0; may be given several times',
        type: 'string',
        array: true,
      },
      baud: { describe: 'Baud rate of the serial ports', type: 'number', default: 57_600 },
      broker: { describe: 'MQTT broker, such as mqtt://host:1883', type: 'string' },
      s3: {
        describe: 'S3 endpoint, such as http://host:9000; AWS when left out',
        type: 'string',
        coerce: checkS3Url,
      },
      bucket: { describe: 'Bucket', type: 'string', demandOption: true },
      id: { describe: 'Name of this bridge in object names', type: 'string' },
      json: {
        describe: 'Print what was landed as one JSON document at the end',
        type: 'boolean',
        default: false,
      },
    })
    .check(refuseRepeats(['serial']));
}
