import { spawn } from 'node:child_process';

/** What opens an address in the browser that somebody uses, by operating system; elsewhere the desktop's own way. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens an address in a browser, which outlives us. Calls `tell` when there is none. */
export function openBrowser(
  url: string,
  tell: (text: string) => void,
  [command, ...args]: readonly [string, ...string[]] = OPENERS[process.platform] ?? ['xdg-open'],
): void {
  const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
  child.once('error', () => tell(`No browser could be opened. Open ${url} yourself.`));
  child.unref();
}
