import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Where a password comes from. */
export interface PasswordInput extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
}

/**
 * Reads one line: from a terminal twice and without an echo, else from what is piped in. `undefined` when there is none,
 * or the two are not the same.
 */
export async function readPassword(
  input: PasswordInput,
  prompts: NodeJS.WritableStream,
): Promise<string | undefined> {
  const isTerminal = input.isTTY === true;
  // What is typed is echoed by the interface; this one swallows it.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: isTerminal });
  const answers = lines[Symbol.asyncIterator]();
  const ask = async (prompt: string): Promise<string | undefined> => {
    if (isTerminal) prompts.write(prompt);
    const { value, done } = await answers.next();
    if (isTerminal) prompts.write('\n');
    return done === true || value === '' ? undefined : (value as string);
  };
  try {
    const password = await ask('Password: ');
    if (!isTerminal || password === undefined) return password;
    return (await ask('Once more: ')) === password ? password : undefined;
  } finally {
    lines.close();
  }
}
