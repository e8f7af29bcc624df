/** What a request that cannot be answered is told. */
import type { FastifyError } from 'fastify';
import { z } from 'zod';
import type { Refusal } from '../api.ts';
import type { DemoErrorCode } from './demo-error.ts';

/** Other rooms that are asked have codes of their own; what is unknown here is a failure of the server. */
const STATUS: Readonly<Record<DemoErrorCode | 'READING_UNKNOWN', number>> = {
  REQUEST_INVALID: 400,
  REQUEST_FOREIGN: 403,
  NOT_FOUND: 404,
  READING_UNKNOWN: 404,
  DEED_REFUSED: 409,
  VERDICT_PENDING: 409,
  REQUEST_FAILED: 500,
  START_FAILED: 500,
  PORT_TAKEN: 500,
  LISTEN_FAILED: 500,
  PAGE_MISSING: 500,
  DEMO_STARTING: 503,
  TOO_MANY_STREAMS: 503,
};

/** The answer to a failure, with its HTTP status. */
export interface Answer {
  readonly status: number;
  readonly refusal: Refusal;
}

/** The answer to whatever a handler threw. Failures of rooms keep their codes and messages. */
export function answerTo(error: unknown): Answer {
  if (error instanceof z.ZodError) return invalid(tellIssues(error));
  if (isOfRequest(error)) return { ...invalid(error.message), status: error.statusCode };
  const message = error instanceof Error ? error.message : String(error);
  const code = isKnown(error) ? error.code : 'REQUEST_FAILED';
  return { status: statusOf(code), refusal: { code, message } };
}

function statusOf(code: string): number {
  return Object.hasOwn(STATUS, code) ? STATUS[code as keyof typeof STATUS] : 500;
}

function invalid(message: string): Answer {
  return { status: 400, refusal: { code: 'REQUEST_INVALID', message } };
}

/** What is wrong with a request, place by place. */
function tellIssues({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
}

/** A request that the web server itself could not read. */
function isOfRequest(error: unknown): error is FastifyError & { readonly statusCode: number } {
  if (!(error instanceof Error) || !('statusCode' in error)) return false;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
}

function isKnown(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
