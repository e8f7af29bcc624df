import { describe, expect, it } from 'vitest';
import {
  entryId,
  parseEntryId,
  parseQuarantineKey,
  parseReplayNoteKey,
  replayLandingKey,
  replayNoteKey,
} from '../../../bridge/core/quarantine-key.ts';
import type { QuarantineObject } from '../../../bridge/core/quarantine-key.ts';

const KEY = 'quarantine/step_trainer_landing/date=2022-06-18/!42ridge-0f3a-0000000017.json.gz';
const OBJECT: QuarantineObject = {
  key: KEY,
  table: 'step_trainer_landing',
  day: '2022-06-18',
  name: '!42ridge-0f3a-0000000017',
};

describe('parseQuarantineKey', () => {
  it('takes what bridges give', () => {
    expect(parseQuarantineKey(KEY)).toEqual(OBJECT);
    expect(parseQuarantineKey(KEY.replace('.gz', ''))?.name).toBe(`${OBJECT.name}.json`);
  });

  it.each([
    KEY.replace('step_trainer', 'customer'),
    KEY.replace('quarantine/', ''),
    KEY.replace('date=', 'day='),
    KEY.replace('!42ridge', '../../x'),
    KEY.replace('!42ridge', 'a.b'),
    KEY.replace('!42ridge', 'a b\u0000'),
    KEY.replace('!42ridge', 'x'.repeat(230)),
    KEY.replace('.json', '.parquet'),
    `x/${KEY}`,
    '',
  ])('does not take %j', (key) => {
    expect(parseQuarantineKey(key)).toBeUndefined();
  });
});

describe('entry ids', () => {
  it('go there and back, also with the folder in front', () => {
    const id = entryId({ object: OBJECT, line: 42 });
    expect(id).toBe('step_trainer_landing/date=2022-06-18/!42ridge-0f3a-0000000017.json.gz#42');
    expect(parseEntryId(id)).toEqual({ object: OBJECT, line: 42 });
    expect(parseEntryId(`quarantine/${id}`)).toEqual({ object: OBJECT, line: 42 });
  });

  it.each(['', KEY, `${KEY}#`, `${KEY}#0`, `${KEY}#1x`, `${KEY}#-1`, 'x#1'])('is not %j', (id) => {
    expect(parseEntryId(id)).toBeUndefined();
  });
});

describe('notes of replays', () => {
  it('are named after their object, and the landing object after the note', () => {
    const note = replayNoteKey(OBJECT, 3);
    expect(note).toBe(
      'quarantine-replays/step_trainer_landing/date=2022-06-18/!42ridge-0f3a-0000000017-0003.json.gz',
    );
    expect(parseReplayNoteKey(note)).toEqual({ object: OBJECT, number: 3 });
    expect(replayLandingKey(OBJECT, 3)).toBe(
      'step_trainer_landing/date=2022-06-18/!42ridge-0f3a-0000000017-replay-0003.json.gz',
    );
  });

  it('of a packed object and of a plain one with the same name are different', () => {
    const plain = parseQuarantineKey(KEY.replace('.gz', '')) as QuarantineObject;
    expect(replayNoteKey(plain, 12_345)).not.toBe(replayNoteKey(OBJECT, 12_345));
    expect(parseReplayNoteKey(replayNoteKey(plain, 12_345))).toEqual({
      object: plain,
      number: 12_345,
    });
    expect(replayLandingKey(plain, 1)).not.toBe(replayLandingKey(OBJECT, 1));
  });

  it.each(['quarantine-replays/x-0001.json.gz', KEY, 'quarantine-replays/../../x-0001.json.gz'])(
    'are not %j',
    (key) => {
      expect(parseReplayNoteKey(key)).toBeUndefined();
    },
  );
});
