/** What is printed on stdout when a command of the QA engineer fails that was asked for one JSON document. */
import type { ScenarioProblem } from '../scenarios/index.ts';
import { Interrupted } from './interrupt.ts';
import { UsageError } from './exit-codes.ts';

/** Commands whose `--json` is one document; others print a line for each event, or nothing before they are done. */
const COMMANDS: ReadonlySet<string> = new Set([
  'run',
  'list',
  'lint',
  'shrink',
  'explain',
  'mutants',
]);

/** A failure as a document. */
export interface FailureDocument {
  readonly error: {
    /** Code of the failure: `USAGE`, `INTERRUPTED`, `CRASH`, or that of the room that it is from. */
    readonly code: string;
    readonly message: string;
    /** What is wrong with scenario files, one by one. */
    readonly problems?: readonly ScenarioProblem[];
  };
}

/** The document of a failure; `undefined` when the command line did not ask for one. `message` is what people are told. */
export function failureDocument(
  args: readonly string[],
  error: unknown,
  message: string,
): FailureDocument | undefined {
  const asks = args.some((arg) => arg === '--json' || arg === '--json=true');
  if (!asks || !COMMANDS.has(args[0] ?? '')) return undefined;
  const { problems = [] } = (error ?? {}) as { readonly problems?: readonly ScenarioProblem[] };
  return { error: { code: codeOf(error), message, ...(problems.length > 0 && { problems }) } };
}

function codeOf(error: unknown): string {
  if (error instanceof UsageError) return 'USAGE';
  if (error instanceof Interrupted) return 'INTERRUPTED';
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'CRASH';
}
