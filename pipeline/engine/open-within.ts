import { Engine } from './duckdb.ts';
import type { EngineLimits } from './duckdb.ts';
import { giveBackMemory } from './give-back-memory.ts';
import { engineBytes } from './memory-budget.ts';
import { MemoryGovernor } from './memory-governor.ts';
import type { GovernedMemory } from './memory-governor.ts';

/** An engine, and how it ends. */
export interface OpenEngine {
  readonly engine: Engine;
  /** Closes it, with whatever watches it. */
  close(): Promise<void>;
}

/**
 * Opens an engine that leaves the process within `processBytes`, if given: it gets its share of them, and less of it while
 * the process holds too much.
 *
 * @throws PipelineError ENGINE_FAILED
 */
export async function openWithin(
  processBytes: number | undefined,
  limits: Omit<EngineLimits, 'memoryLimit'>,
): Promise<OpenEngine> {
  if (processBytes === undefined) {
    const engine = await Engine.open(limits);
    return { engine, close: async () => engine.close() };
  }
  const trim = giveBackMemory();
  const own = engineBytes(processBytes);
  const engine = await Engine.open({ ...limits, memoryLimit: `${own}B` });
  const control = await engine.connect();
  const governor = new MemoryGovernor({
    ...memoryOf(control),
    processBytes,
    engineBytes: own,
    heldBytes: () => process.memoryUsage.rss(),
    trim: () => trim?.(),
  });
  const close = async (): Promise<void> => {
    await governor.stop();
    control.disconnect();
    engine.close();
  };
  return { engine, close };
}

/** What the engine tells and is told of its memory, beside whatever its other connections do. */
export function memoryOf(control: Engine): Pick<GovernedMemory, 'countedBytes' | 'setLimit'> {
  return {
    countedBytes: async () => {
      const [row] = await control.query(
        'SELECT sum(memory_usage_bytes)::BIGINT AS counted FROM duckdb_memory()',
      );
      return Number(row?.['counted'] ?? 0);
    },
    setLimit: async (bytes) => {
      await control.run(`SET memory_limit = '${bytes}B'`);
    },
  };
}
