import { expect, test } from 'vitest';
import { PipelineError } from '../../../pipeline/index.ts';
import { tellFullDisk } from '../../../scenarios/run/full-disk.ts';

const PLACE = { aside: '/data/.one-Ab12Cd', folder: '/data', fix: 'Name another with --out.' };

test.each([
  [
    'a step of the pipeline',
    new PipelineError(
      'DISK_FULL',
      'The disk of /data/.one-Ab12Cd became full at the step "publish". Name a folder on a larger disk with --scratch.',
    ),
    'The disk of /data is full, or too small for the run, at the step "publish". Name another with --out.',
  ],
  [
    'a pipeline that does not begin',
    new PipelineError(
      'DISK_FULL',
      'The disk of /data/.one-Ab12Cd has 1.0 MB free, and 2.5 GB are needed. Use --scratch.',
    ),
    'The disk of /data is full, or too small for the run: 1.0 MB are free, and 2.5 GB are needed. Name another with --out.',
  ],
  [
    'the system, of an open file',
    Object.assign(new TypeError('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    'The disk of /data is full, or too small for the run. Name another with --out.',
  ],
  [
    'a cause',
    new PipelineError('OUTPUT_UNWRITABLE', 'Cannot write /data/.one-Ab12Cd/zones.', {
      cause: Object.assign(new TypeError('full'), { code: 'EDQUOT' }),
    }),
    'The disk of /data is full, or too small for the run. Name another with --out.',
  ],
])('a full disk that is told by %s names the folder of the user', (_, failure, message) => {
  const told = tellFullDisk(failure, PLACE);
  expect(told).toMatchObject({ code: 'DISK_FULL', message, cause: failure });
});

test.each([
  ['another failure', new PipelineError('ENGINE_FAILED', 'DuckDB failed in /data/.one-Ab12Cd.')],
  ['a disk that is elsewhere', new PipelineError('DISK_FULL', 'The disk of /other is full.')],
  ['no error at all', 'DISK_FULL'],
])('%s stays as it is', (_, failure) => {
  expect(tellFullDisk(failure, PLACE)).toBeUndefined();
});
