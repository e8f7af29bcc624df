import { brokerAddress } from '../bridge/index.ts';
import { UsageError } from './exit-codes.ts';

/** Checks the broker that a user gave with `--broker`. @throws UsageError */
export function checkBrokerUrl(text: string): string {
  try {
    brokerAddress(text);
  } catch (error) {
    // The message repeats nothing of what was given, which may hold a password.
    throw new UsageError((error as Error).message);
  }
  return text;
}
