import { describe, expect, it } from 'vitest';
import {
  allLandingFolders,
  foldersOf,
  kindOfLandingFile,
} from '../../../pipeline/core/landing-file.ts';

describe('landing folders', () => {
  it('come in two layouts', () => {
    expect(foldersOf('step_trainer_landing')).toEqual([
      'step_trainer_landing/',
      'step_trainer/landing/',
    ]);
    expect(allLandingFolders()).toHaveLength(6);
  });
});

describe('kindOfLandingFile', () => {
  it.each([
    'a.json',
    'a.JSON',
    'a.json.gz',
    'a.ndjson',
    'a.jsonl.gz',
    'a.snappy.parquet',
    'part-00000',
    'part-00000.gz',
    '2022/06/18/15/customer-1691348231425.json',
    'date=2022-06-18/records',
  ])('%s holds records', (path) => {
    expect(kindOfLandingFile(path)).toBe('records');
  });

  it.each(['.part-00000.json.crc', '_SUCCESS', '2022/_temporary/a.json', '.DS_Store', 'folder/'])(
    '%s is a marker',
    (path) => {
      expect(kindOfLandingFile(path)).toBe('ignored');
    },
  );

  it.each(['a.csv', 'a.parquet.crc', 'README.md', 'a.json.bak', 'a.csv.gz'])(
    '%s is foreign',
    (path) => {
      expect(kindOfLandingFile(path)).toBe('foreign');
    },
  );
});
