/** A failure of the operating system or the network, as Node reports it. */
export class SystemFailure extends Error {
  override readonly name = 'SystemFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}
