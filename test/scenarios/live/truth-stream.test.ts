import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { TruthStream } from '../../../scenarios/live/truth-stream.ts';
import { TruthLedger } from '../../../simulator/index.ts';

function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-truth-'));
  const path = join(folder, 'truth.ndjson');
  const ledger = new TruthLedger();
  const stream = new TruthStream(ledger, path);
  onTestFinished(() => {
    stream.close();
    rmSync(folder, { recursive: true });
  });
  const lines = (): unknown[] =>
    readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown);
  return { ledger, stream, lines };
}

const DISTANCE = { person: 1, step: 2, atMs: 3, serialNumber: 's', distance: 4 };
const SAMPLE = { person: 1, step: 2, atMs: 3, timeStamp: 3, x: 1, y: 0, z: -1 };

test('readings leave the memory, and what becomes known of them later follows them', () => {
  const { ledger, stream, lines } = prepare();
  const distance = ledger.addDistance(DISTANCE);
  const sample = ledger.addAcceleration(SAMPLE);
  ledger.noteFate(sample, 'lost');
  stream.flush();
  expect(ledger.readings).toEqual([]);
  expect(lines()).toEqual([
    { kind: 'distance', id: 0, fate: 'never-sent', ...DISTANCE },
    { kind: 'acceleration', id: 1, fate: 'lost', ...SAMPLE },
  ]);
  ledger.noteLate(sample, 70);
  ledger.noteFate(sample, 'sent');
  ledger.noteFate(distance, 'sent', 2);
  ledger.addDistance(DISTANCE);
  stream.flush();
  expect(lines().slice(2)).toEqual([
    { kind: 'distance', id: 2, fate: 'never-sent', ...DISTANCE },
    { id: 1, fate: 'sent', lateMs: 70 },
    { id: 0, fate: 'sent', arrivals: 2 },
  ]);
  stream.flush();
  expect(lines()).toHaveLength(5);
});

test('each occurrence and each damaged line is told once', () => {
  const { ledger, stream, lines } = prepare();
  ledger.note('storage-down');
  ledger.note('storage-down');
  ledger.addDamagedLine('$R,ÿ');
  stream.flush();
  ledger.note('storage-down');
  stream.flush();
  const down = { occurrence: 'storage-down' };
  expect(lines()).toEqual([down, down, { damagedLine: '$R,ÿ' }, down]);
});

test('what is new is written when the file is closed, and nothing after that', () => {
  const { ledger, stream, lines } = prepare();
  ledger.addDistance(DISTANCE);
  stream.close();
  ledger.addDistance(DISTANCE);
  stream.flush();
  stream.close();
  expect(lines()).toHaveLength(1);
});
