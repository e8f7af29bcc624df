/** Calls `beat` every so many real ms until the function that it returns is called. */
export type Pulse = (everyMs: number, beat: () => void) => () => void;

/** The pulse of the machine's clock. */
export const systemPulse: Pulse = (everyMs, beat) => {
  const timer = setInterval(beat, everyMs);
  return () => clearInterval(timer);
};
