import { describe, expect, it } from 'vitest';
import { Fields } from '../../../device-bench/core/fields.ts';
import type { MeantResponse } from '../../../device-bench/core/meant-line.ts';
import { readResponse } from '../../../device-bench/core/read-responses.ts';

/** What a body was meant to be, and the rules of spelling that it breaks. */
function read(body: string): { response: MeantResponse | undefined; rules: string[] } {
  const fields = new Fields(body.split(','));
  const response = readResponse(fields);
  return { response, rules: fields.breaches.map(({ rule }) => rule) };
}

const ID = { kind: 'id', tag: 'a', model: 'ST-1', serial: 's', firmware: '1.0', boot: '7F3A' };

describe('readResponse', () => {
  it.each([
    ['ID,a,1,STEDI,ST-1,s,1.0,7F3A', ID],
    ['CAPS,,R1000,', { kind: 'caps', tag: '', maxRateHz: 1000, options: [] }],
    ['CAPS,a,R1,SYNC+PPM20', { kind: 'caps', tag: 'a', maxRateHz: 1, options: ['SYNC', 'PPM20'] }],
    ['OK,a,PING,', { kind: 'ok', tag: 'a', verb: 'PING', value: '' }],
    ['OK,,STOP,65535', { kind: 'ok', tag: '', verb: 'STOP', value: '65535' }],
    ['SYNC,a,17,5,6', { kind: 'sync', tag: 'a', hostMs: '17', rxTicks: 5, txTicks: 6 }],
    ['ERR,,1', { kind: 'error', tag: '', code: 1 }],
  ])('reads %s without a word', (body, response) => {
    expect(read(body)).toEqual({ response, rules: [] });
  });

  it.each([
    ['another version', 'ID,a,2,STEDI,ST-1,s,1.0,7F3A', 'version is "2"'],
    ['another maker', 'ID,a,1,Stedi,ST-1,s,1.0,7F3A', 'maker is "Stedi"'],
    ['a long model', 'ID,a,1,STEDI,ST-12345,s,1.0,7F3A', 'model is "ST-12345"'],
    ['a firmware with a blank', 'ID,a,1,STEDI,ST-1,s,1 0,7F3A', 'firmware is "1 0"'],
    ['a field too many in =ID', 'ID,a,1,STEDI,ST-1,s,1.0,7F3A,x', '9 fields, not 8'],
    ['no R', 'CAPS,a,100,SYNC', 'rate is "100"'],
    ['the rate 0', 'CAPS,a,R0,SYNC', 'rate is "R0"'],
    ['a great rate', 'CAPS,a,R1001,SYNC', 'rate is 1001 Hz, at most 1000'],
    ['options with commas', 'CAPS,a,R100,SYNC,REBOOT', '5 fields, not 4'],
    ['an option in lower case', 'CAPS,a,R100,sync', 'options is "sync"'],
    ['seven options', 'CAPS,a,R100,A+B+C+D+E+F+G', 'options is "A+B+C'],
    ['a field too few in =SYNC', 'SYNC,a,17,5', '4 fields, not 5'],
  ])('leaves to the rule of its response: %s', (_what, body, words) => {
    const { response, rules } = read(body);
    expect(response).toMatchObject({ tag: 'a', fault: expect.stringContaining(words) as string });
    expect(rules).toEqual([]);
  });

  it('takes a verb in the place of the tag for a missing tag', () => {
    expect(read('OK,STOP,5')).toEqual({
      response: { kind: 'ok', tag: '', verb: 'STOP', value: '5' },
      rules: ['STL-FRAME-007'],
    });
    expect(read('OK,PING,pong,').response).toMatchObject({ tag: 'PING', verb: 'pong' });
    expect(read('OK,PING,PING,').response).toMatchObject({ tag: 'PING', verb: 'PING' });
    expect(read('OK,a,PING').response).toMatchObject({ tag: 'a', verb: 'PING', value: '' });
  });

  it('makes the values of START and STOP numbers, whatever their spelling', () => {
    expect(read('OK,a,START,050')).toEqual({
      response: { kind: 'ok', tag: 'a', verb: 'START', value: '50' },
      rules: ['STL-FRAME-008'],
    });
    expect(read('OK,a,STOP,-1').response).toMatchObject({ value: '65535' });
  });

  it.each(['ERR,a,0', 'ERR,a,8', 'ERR,a', 'ERR,a,', 'ERR,a,3,unknown'])(
    'refuses %s once',
    (body) => {
      const { response, rules } = read(body);
      expect(response).toMatchObject({ kind: 'error', tag: 'a' });
      expect(rules).toEqual(['STL-FRAME-007']);
    },
  );

  it.each(['ok,a,PING,', 'READY', ''])('knows no response %j', (body) => {
    expect(read(body).response).toBeUndefined();
  });
});
