import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { outliveReaders } from '../../cli/terminal.ts';

test('an output that nobody reads any more does not end the command', () => {
  const output = new EventEmitter();
  const gone = new RangeError('write EIO');
  expect(() => output.emit('error', gone)).toThrow(gone);
  outliveReaders([output]);
  expect(output.emit('error', gone)).toBe(true);
});
