/** A disk that says at a sync that it could not keep what was written: the bridge believes it, and ends. */
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import { connectPhone } from '../../simulator/index.ts';
import type { PhoneConnection } from '../../simulator/index.ts';
import { objectsIn, rowsOf, startService } from './bridge-stage.ts';
import { temporaryFolder } from './stedi.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 50 };

/** Stands in front of the system's own call: while the file is there, every sync fails as one of a dying disk does. */
const FAILING_SYNC = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

int fdatasync(int fd) {
  const char *dying = getenv("STEDI_TEST_DYING_DISK");
  if (dying != NULL && access(dying, F_OK) == 0) {
    errno = EIO;
    return -1;
  }
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  return real(fd);
}
`;

const canCompile = process.platform === 'linux' && spawnSync('gcc', ['--version']).status === 0;
const TOPIC = phoneTopic('phone-1', 'accelerometer');

async function prepare() {
  const folder = await temporaryFolder();
  const source = join(folder, 'failing-sync.c');
  const library = join(folder, 'failing-sync.so');
  writeFileSync(source, FAILING_SYNC);
  execFileSync('gcc', ['-shared', '-fPIC', '-o', library, source, '-ldl']);
  const dying = join(folder, 'dying');
  const out = join(folder, 'landing');
  const args = ['--out', out, '--spool', join(folder, 'spool'), '--flush', '200ms'];
  return { dying, out, args, env: { LD_PRELOAD: library, STEDI_TEST_DYING_DISK: dying } };
}

/** Sends one sample, and gives the row that it must become; resolves when it is acknowledged. */
async function send(phone: PhoneConnection, seq: number): Promise<string> {
  const timeStamp = 1_655_564_444_103 + seq;
  const samples = [[timeStamp, 1, 0, -1] as const];
  const user = 'a@stedi.com';
  await phone.publish(TOPIC, encodeSampleBatch({ user, session: 's', seq, samples }));
  return JSON.stringify({ user, timeStamp, x: 1, y: 0, z: -1 });
}

describe.skipIf(!canCompile && process.env['CI'] !== 'true')(
  'a disk that fails to sync (needs Linux and gcc)',
  () => {
    test('ends the bridge with exit code 3, and nothing lands or is acknowledged that it may not have', async () => {
      const { dying, out, args, env } = await prepare();
      const bridge = await startService(args, env);
      const phone = await connectPhone({ url: bridge.broker, clientId: 'phone-1' });
      onTestFinished(() => phone.kill());
      const kept = await send(phone, 0);
      writeFileSync(dying, '');
      let isAcknowledged = false;
      const sending = send(phone, 1).then(
        () => (isAcknowledged = true),
        () => undefined,
      );
      const { code, stderr } = await bridge.stedi.ended;
      phone.kill();
      await sending;
      expect([code, isAcknowledged]).toEqual([3, false]);
      expect(stderr).toMatch(/"level":"error".*"part":"spool".*The spool .* failed \(EIO/);
      const landed = rowsOf(await objectsIn(out));
      expect(landed.filter((row) => row !== kept)).toEqual([]);

      // A start tries the disk anew, and what was acknowledged lands.
      rmSync(dying);
      const next = await startService(args, env);
      await vi.waitUntil(async () => (await next.metric('spool_unlanded_records')) === 0, PATIENCE);
      expect((await next.end('SIGTERM')).code).toBe(0);
      expect(rowsOf(await objectsIn(out))).toContain(kept);
    });
  },
);
