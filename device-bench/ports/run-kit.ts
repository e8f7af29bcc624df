import { startKit } from '../core/kit.ts';
import type { KitOptions } from '../core/kit-options.ts';
import type { DeviceLink } from '../core/device-link.ts';
import type { KitReport } from '../core/kit-report.ts';

/** How the kit is run: as {@link KitOptions}, and `signal` stops it early. */
export interface RunKitOptions extends Omit<KitOptions, 'onDone'> {
  readonly signal?: AbortSignal;
}

/** Runs the kit on a link whose clock runs by itself, up to its end; stopped, it still quietens the device first. */
export function runKit(link: DeviceLink, options: RunKitOptions): Promise<KitReport> {
  const { signal, ...kitOptions } = options;
  return new Promise((resolve) => {
    const kit = startKit(link, { ...kitOptions, onDone: resolve });
    if (signal?.aborted === true) kit.stop();
    else signal?.addEventListener('abort', () => kit.stop(), { once: true });
  });
}
