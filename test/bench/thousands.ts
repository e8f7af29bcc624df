/** A number as tables of benchmarks show it: whole, with its thousands apart. */
export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
