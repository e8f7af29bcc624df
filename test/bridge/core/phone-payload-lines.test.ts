import { expect, it } from 'vitest';
import { readPhonePayload } from '../../../bridge/core/phone-payload-lines.ts';

it('reads a landing record', () => {
  const read = readPhonePayload(Buffer.from('{"user":"a","timeStamp":1,"x":0,"y":-0,"z":1.50}'));
  expect(read.kind === 'lines' && Buffer.from(read.lines).toString()).toBe(
    '{"user":"a","timeStamp":1,"x":0,"y":0,"z":1.5}\n',
  );
});
