/** Live runs through the real command: real pseudo-terminals, a real broker over TCP, an S3 endpoint over HTTP. */
import { mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test, vi } from 'vitest';
import type { RunDocument } from '../../scenarios/index.ts';
import { startBroker, startObjectStore } from '../../simulator/index.ts';
import { runStedi, startStedi, temporaryFolder } from './stedi.ts';

const ENV = {
  AWS_ACCESS_KEY_ID: 'stedi',
  AWS_SECRET_ACCESS_KEY: 'stedi-secret',
  AWS_REGION: 'us-east-1',
};
const CREDENTIALS = { accessKeyId: 'stedi', secretAccessKey: 'stedi-secret' };
/** How long a live run may take on a slow machine, in ms; on an idle one it is a tenth of it. */
const PATIENCE_MS = 120_000;

const SCENARIO = `version: 1
name: Three people walk and nothing goes wrong
world:
  start: 2022-06-18T15:00:00Z
  customers: 3
  consent: { research: 100% }
run: { duration: 210s, mode: live, speed: 50 }
expect:
  landing.lost: 0
  landing.unexpected: 0
  attribution.precision: { min: 1 }
`;

/**
 * What a machine that is busy with other tests makes worse: eight times real time, 20 ms are 2.5 ms. That these hold as
 * well is what the run of the whole catalogue says, which has a machine of its own.
 */
const BY_THE_CLOCK: readonly string[] = ['landing.clockError', 'landing.unsent', 'ml.joinYield'];

/** A private place for temporary files, a scenario and results, so that what is left behind shows. */
async function prepare() {
  const folder = await temporaryFolder();
  const [tmp, file, out] = ['tmp', 'walk.yaml', 'out'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(tmp);
  await writeFile(file, SCENARIO);
  return { folder, tmp, file, out, env: { ...ENV, TMPDIR: tmp } };
}

/** What is in the folder for temporary files, apart from the cache of the TypeScript loader. */
async function leftIn(tmp: string): Promise<string[]> {
  return (await readdir(tmp)).filter((name) => !name.startsWith('tsx-'));
}

/** Numbers of the processes that were started with this variable, by the system's own account. */
async function processesWith(variable: string): Promise<string[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    numbers.map(async (number) => {
      const environment = await readFile(`/proc/${number}/environ`, 'utf8').catch(() => '');
      return environment.split('\0').includes(variable) ? [number] : [];
    }),
  );
  return found.flat();
}

test(
  'two live runs at once pass, though their broker restarts, and leave nothing but results',
  async () => {
    const places = await Promise.all([prepare(), prepare()]);
    const outcomes = await Promise.all(
      places.map(({ out, env }) =>
        runStedi(['run', 'broker-restarts', '--speed', '8', '--out', out, '--json'], { env }),
      ),
    );
    for (const { code, stdout, stderr } of outcomes) {
      const { verdict, scenarios } = JSON.parse(stdout) as RunDocument;
      expect(scenarios).toMatchObject([
        {
          mode: 'live',
          repro: 'npx stedi run broker-restarts --seed 1 --mode live --speed 8 --pipeline strict',
          ledger: { emitted: 924 },
        },
      ]);
      const failed = scenarios[0]?.oracles.filter((oracle) => oracle.verdict === 'fail') ?? [];
      expect(failed.filter(({ id }) => !BY_THE_CLOCK.includes(id))).toEqual([]);
      const isOnTime = failed.length === 0;
      expect(stderr).toContain(
        `${verdict}  The MQTT broker goes away in the middle of a walk and comes back`,
      );
      expect({ verdict, code }).toEqual(
        isOnTime ? { verdict: 'pass', code: 0 } : { verdict: 'fail', code: 1 },
      );
    }
    for (const { tmp, out } of places) {
      expect(await leftIn(tmp)).toEqual([]);
      expect((await readdir(out)).toSorted()).toEqual([
        'broker-restarts-strict-live-seed1',
        'report.html',
      ]);
    }
  },
  PATIENCE_MS,
);

/** Somebody else's storage with one bucket, `lake`, and the keys in it. */
async function startStorage(folder: string) {
  const store = await startObjectStore({
    root: join(folder, 'storage'),
    credentials: CREDENTIALS,
    region: 'us-east-1',
    buckets: ['lake'],
  });
  const client = new S3Client({
    endpoint: store.url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    forcePathStyle: true,
  });
  const listKeys = async (): Promise<string[]> => {
    const { Contents: objects = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: 'lake' }),
    );
    return objects.map(({ Key }) => Key ?? '');
  };
  return { store, listKeys };
}

test(
  'a live run on the broker and the storage of somebody else passes, and its objects stay under a name of its own',
  async () => {
    const { folder, tmp, file, out, env } = await prepare();
    const { store, listKeys } = await startStorage(folder);
    const broker = await startBroker();
    try {
      const parts = ['--broker', broker.url, '--s3', store.url, '--bucket', 'lake'];
      const { code, stdout } = await runStedi(['run', file, ...parts, '--out', out, '--json'], {
        env,
      });
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', scenarios: [{ mode: 'live' }] });
      expect(code).toBe(0);
      const tables = (await listKeys()).map(
        (key) => /^run-[0-9a-f]{8}\/(\w+)\/date=2022-06-18\/[\w!-]+\.json(?:\.gz)?$/.exec(key)?.[1],
      );
      const landed = ['customer_landing', 'accelerometer_landing', 'step_trainer_landing'];
      expect(new Set(tables)).toEqual(new Set(landed));
    } finally {
      await broker.close();
      await store.close();
    }
    expect(await leftIn(tmp)).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'a storage that goes away in the middle of a run ends it with 3, in one sentence',
  async () => {
    const { folder, tmp, file, out, env } = await prepare();
    const { store, listKeys } = await startStorage(folder);
    const running = startStedi(['run', file, '--s3', store.url, '--bucket', 'lake', '--out', out], {
      env,
    });
    await vi.waitFor(async () => expect(await listKeys()).not.toEqual([]), {
      timeout: PATIENCE_MS,
      interval: 50,
    });
    await store.close();
    expect(await running.ended).toEqual({
      code: 3,
      signal: null,
      stdout: '',
      stderr: `Cannot reach the S3 endpoint ${store.url}. Check that it runs and that --s3 names it.\n`,
    });
    expect(await leftIn(tmp)).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(['storage', 'tmp', 'walk.yaml']);
  },
  PATIENCE_MS,
);

describe('Ctrl-C', () => {
  test(
    'in the middle of a live run ends it with 130, without processes, ports, folders or half a result',
    async () => {
      const { folder, tmp, out, env } = await prepare();
      const mark = `STEDI_TEST_MARK=${folder}`;
      const running = startStedi(['run', 'broker-restarts', '--speed', '10', '--out', out], {
        env: { ...env, STEDI_TEST_MARK: folder },
      });
      const port = await vi.waitFor(
        async () => {
          const [name] = await leftIn(tmp);
          return readlink(join(tmp, String(name), 'ttySTEDI0'));
        },
        { timeout: PATIENCE_MS, interval: 50 },
      );
      expect(port).toMatch(/^\/dev\/pts\/\d+$/);
      expect(await processesWith(mark)).toContain(String(running.process.pid));
      running.process.kill('SIGINT');
      expect(await running.ended).toEqual({
        code: 130,
        signal: null,
        stdout: '',
        stderr: 'Stopped; nothing half-written stays.\n',
      });
      expect(await processesWith(mark)).toEqual([]);
      expect(await leftIn(tmp)).toEqual([]);
      expect((await readdir(folder)).toSorted()).toEqual(['tmp', 'walk.yaml']);
    },
    PATIENCE_MS,
  );

  test(
    'in the middle of a simulated run ends it with 130, and keeps what was there before',
    async () => {
      const { tmp, out, env } = await prepare();
      await mkdir(out);
      await writeFile(join(out, 'notes.txt'), 'mine');
      const running = startStedi(['run', 'published-shape', '--out', out], { env });
      await vi.waitFor(
        async () => {
          const aside = (await readdir(out)).find((name) => name.startsWith('.published-shape'));
          expect(await readdir(join(out, String(aside)))).toContain('plan.json');
        },
        { timeout: PATIENCE_MS, interval: 20 },
      );
      running.process.kill('SIGTERM');
      expect(await running.ended).toMatchObject({ code: 130, signal: null, stdout: '' });
      expect(await readdir(out)).toEqual(['notes.txt']);
      expect(await leftIn(tmp)).toEqual([]);
    },
    PATIENCE_MS,
  );
});

describe('what a live run cannot reach ends it with 3 within 15 s, in one sentence', () => {
  test.each([
    [
      'a broker',
      ['--broker', 'mqtt://127.0.0.1:1'],
      'No MQTT broker can be reached at 127.0.0.1:1 (ECONNREFUSED). Start it, or correct host and port.\n',
    ],
    [
      'an S3 endpoint',
      ['--s3', 'http://127.0.0.1:1', '--bucket', 'b'],
      'Cannot reach the S3 endpoint http://127.0.0.1:1. Check that it runs and that --s3 names it.\n',
    ],
  ])('%s', async (_, parts, message) => {
    const { folder, tmp, file, out, env } = await prepare();
    const startMs = performance.now();
    const outcome = await runStedi(['run', file, ...parts, '--out', out], { env });
    expect(outcome).toEqual({ code: 3, signal: null, stdout: '', stderr: message });
    expect(performance.now() - startMs).toBeLessThan(15_000);
    expect(await leftIn(tmp)).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(['tmp', 'walk.yaml']);
  });

  test('a bucket that is not there', async () => {
    const { folder, file, out, env } = await prepare();
    const { store } = await startStorage(folder);
    try {
      const parts = ['--s3', store.url, '--bucket', 'sea'];
      const { code, stdout, stderr } = await runStedi(['run', file, ...parts, '--out', out], {
        env,
      });
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(
        /^The S3 endpoint http:\/\/127\.0\.0\.1:\d+ refused bucket sea \(HTTP 404\)\. Create the bucket, or name another one with --bucket\.\n$/,
      );
    } finally {
      await store.close();
    }
  });

  test('a broker that the scenario restarts, which is not ours to restart', async () => {
    const { out, env } = await prepare();
    const parts = ['--broker', 'mqtt://127.0.0.1:1'];
    const { code, stderr } = await runStedi(['run', 'broker-restarts', ...parts, '--out', out], {
      env,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'restarts the broker, which cannot be done to a broker of your own. Leave --broker out.',
    );
  });
});
