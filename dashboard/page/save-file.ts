/** Gives a file to whoever sits at the browser. */
import { element } from './elements.ts';
import type { Download } from './live/requests.ts';

/** Browsers need the address for some time after the click. */
const KEPT_MS = 60_000;

/** Lets the browser save a file under its name. */
export function saveFile({ name, content }: Download): void {
  const address = URL.createObjectURL(content);
  element('a', { href: address, download: name }).click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, KEPT_MS);
}
