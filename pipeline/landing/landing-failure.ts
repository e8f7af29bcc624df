/** How a landing zone fails. */
import { PipelineError } from '../pipeline-error.ts';

/** The failure to read an object that was listed. */
export function unreadable(name: string, cause: unknown): PipelineError {
  return new PipelineError(
    'LANDING_UNREADABLE',
    `The landing object ${name} cannot be read. Check its permissions, and the disk that it lies on.`,
    { cause },
  );
}

/** A Parquet object whose bytes are not those of a whole Parquet file. */
export function notParquet(name: string, cause: unknown): PipelineError {
  return new PipelineError(
    'LANDING_UNREADABLE',
    `The landing object ${name} is no Parquet file that can be read to its end: it is cut off, damaged or of another kind. Upload it again from where it comes from, or move it out of the landing zone. Nothing was published.`,
    { cause },
  );
}

/** An object is no longer the one that was listed. */
export function changed(name: string, cause?: unknown): PipelineError {
  return new PipelineError(
    'LANDING_CHANGED',
    `The landing object ${name} changed or vanished while it was read. Run the pipeline again when nothing writes to it.`,
    { cause },
  );
}
