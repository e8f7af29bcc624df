import { vi } from 'vitest';
import yargs from 'yargs';
import type { CommandModule } from 'yargs';

/** What a command printed, and the exit code that it asked for. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | string | null | undefined;
}

/** Runs a command in this process. Whatever it throws is thrown. */
export async function runCommand<Given>(
  command: CommandModule<object, Given>,
  ...args: readonly string[]
): Promise<Printed> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await yargs([...args])
      .command(command)
      .strict()
      .fail((message, error: unknown) => {
        throw error ?? new TypeError(message);
      })
      .parseAsync();
    return { ...printed, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
