/**
 * Loaded into the command before anything of it runs: writes down, in their order, the calls that make bytes durable and
 * the bytes that go to sockets. One line of JSON each, in the file that STEDI_TEST_CALLS names.
 */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import type { SystemCall } from './system-calls.ts';

type Any = (...args: never[]) => unknown;

const { openSync, writeSync } = fs;
const trace = openSync(process.env['STEDI_TEST_CALLS'] ?? '', 'a');
const paths = new Map<number, string>();
const sockets = new WeakMap<object, number>();
let syncs = 0;
let socketCount = 0;

function note(call: SystemCall): void {
  writeSync(trace, `${JSON.stringify(call)}\n`);
}

/** Puts a function of the same name in front of another one. */
function wrap<Name extends string, Call extends Any>(
  owner: Record<Name, Call>,
  name: Name,
  make: (real: Call) => (this: unknown, ...args: Parameters<Call>) => unknown,
): void {
  owner[name] = make(owner[name]) as unknown as Call;
}

function pathOf(fd: number): string {
  return paths.get(fd) ?? '';
}

function opened(fd: number, path: unknown): void {
  paths.set(fd, String(path));
  note({ call: 'open', path: String(path) });
}

function wrote(fd: number, data: unknown): void {
  const text = ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1')
    : String(data);
  if (paths.has(fd)) note({ call: 'write', path: pathOf(fd), text });
}

function syncBegins(fd: number): (error?: unknown) => void {
  const sync = ++syncs;
  const path = pathOf(fd);
  note({ call: 'sync-begins', sync, path });
  return (error) => {
    if (error === undefined || error === null) note({ call: 'sync-ends', sync, path });
  };
}

wrap(fs as unknown as { openSync: Any }, 'openSync', (real) => (...args) => {
  const fd = real(...args) as number;
  opened(fd, args[0]);
  return fd;
});
wrap(fs as unknown as { writeSync: Any }, 'writeSync', (real) => (...args) => {
  const result = real(...args);
  wrote(Number(args[0]), args[1]);
  return result;
});
wrap(fs as unknown as { mkdirSync: Any }, 'mkdirSync', (real) => (...args) => {
  const result = real(...args);
  note({ call: 'make-folder', path: String(args[0]) });
  return result;
});
wrap(fs as unknown as { fdatasync: Any; fsync: Any }, 'fdatasync', syncByCallback);
wrap(fs as unknown as { fdatasync: Any; fsync: Any }, 'fsync', syncByCallback);

function syncByCallback(real: Any) {
  return (...args: never[]): unknown => {
    const [fd, done] = args as unknown as [number, (error: unknown) => void];
    const ended = syncBegins(fd);
    const tell = (error: unknown): void => {
      ended(error);
      done(error);
    };
    return real(fd as never, tell as never);
  };
}

const promises = fs.promises;
const probe = await promises.open(import.meta.filename);
const handles = Object.getPrototypeOf(probe) as Record<string, Any>;
await probe.close();
wrap(promises as unknown as { open: Any }, 'open', (real) => async (...args) => {
  const file = (await real(...args)) as FileHandle;
  opened(file.fd, args[0]);
  return file;
});
wrap(promises as unknown as { mkdir: Any }, 'mkdir', (real) => async (...args) => {
  const made = (await real(...args)) as string | undefined;
  if (made !== undefined) note({ call: 'make-folder', path: made });
  return made;
});
wrap(promises, 'rename', (real) => async (from, to) => {
  await real(from, to);
  note({ call: 'rename', path: String(to), from: String(from) });
});
wrap(promises, 'rm', (real) => (path, ...rest) => {
  note({ call: 'remove', path: String(path) });
  return real(path, ...rest);
});
for (const name of ['sync', 'datasync']) {
  wrap(
    handles,
    name,
    (real) =>
      async function (this: unknown) {
        const file = this as FileHandle;
        const ended = syncBegins(file.fd);
        await real.call(file);
        ended();
      },
  );
}
for (const name of ['write', 'writeFile']) {
  wrap(
    handles,
    name,
    (real) =>
      async function (this: unknown, ...args: never[]) {
        const file = this as FileHandle;
        const result = await real.apply(file, args);
        wrote(file.fd, args[0]);
        return result;
      },
  );
}

function sent(socket: object, chunks: readonly Buffer[]): void {
  // The output of a process is a socket too where it is a pipe.
  if ((socket as Socket).remotePort === undefined) return;
  const id = sockets.get(socket) ?? ++socketCount;
  sockets.set(socket, id);
  note({ call: 'send', path: '', socket: id, hex: Buffer.concat(chunks).toString('hex') });
}

// Below the buffers of the stream: this is where bytes go to the system.
const socketCalls = Socket.prototype as unknown as Record<'_write' | '_writev', Any>;
wrap(
  socketCalls,
  '_write',
  (real) =>
    function (this: unknown, ...args: never[]) {
      const [chunk, encoding] = args as unknown as [Buffer | string, BufferEncoding];
      sent(this as object, [typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk]);
      return real.apply(this as never, args);
    },
);
wrap(
  socketCalls,
  '_writev',
  (real) =>
    function (this: unknown, ...args: never[]) {
      const [chunks] = args as unknown as [
        readonly { chunk: Buffer | string; encoding: BufferEncoding }[],
      ];
      const bytes = chunks.map(({ chunk, encoding }) =>
        typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk,
      );
      sent(this as object, bytes);
      return real.apply(this as never, args);
    },
);
syncBuiltinESMExports();
