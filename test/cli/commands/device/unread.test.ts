import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { stopWhenUnread } from '../../../../cli/commands/device/unread.ts';

test('a command without end stops when it is told to, or when nobody reads what it prints', () => {
  const interrupt = new AbortController();
  const output = new PassThrough() as unknown as NodeJS.WriteStream;
  const interrupted = stopWhenUnread(interrupt.signal, output);
  expect(interrupted.aborted).toBe(false);
  interrupt.abort();
  expect(interrupted.aborted).toBe(true);
  const unread = stopWhenUnread(new AbortController().signal, output);
  expect(unread.aborted).toBe(false);
  output.emit('error', new RangeError('EPIPE'));
  expect(unread.aborted).toBe(true);
});
