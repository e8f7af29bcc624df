/** Who takes part in an acted run. */
import type { RunFacts } from '../../dashboard/api.ts';

const FIRST = ['Ana', 'Bo', 'Cleo', 'Dina', 'Emil', 'Farah', 'Gus', 'Hana', 'Ivo', 'Jun'];
const LAST = ['Abel', 'Berg', 'Castro', 'Dahl', 'Evans', 'Fischer-Lichtenberg', 'Gold'];
const START_MS = Date.UTC(2026, 10, 23, 14, 0, 0);

/** People with a trainer each, and a real device. */
export function actedFacts(runId: string, people: number): RunFacts {
  const ids = Array.from({ length: people }, (_, id) => id);
  return {
    runId,
    title: 'Thirty serial numbers for fifty people who walk at once',
    about: 'What the fulfilment bug does to a table that counts alone call right.',
    file: 'demo.yaml',
    seed: 7,
    startMs: START_MS,
    endMs: START_MS + 600_000,
    people: ids.map((id) => ({
      id,
      name: `${FIRST[id % FIRST.length]} ${LAST[id % LAST.length]}`,
      station: id,
      clientId: `phone-${id}`,
    })),
    stations: [
      ...ids.map((id) => ({ id, port: `ttySTEDI${id}`, kind: 'virtual' as const })),
      { id: people, port: '/dev/ttyUSB0', kind: 'real' as const },
    ],
    ratesHz: { phone: 50, trainer: 50 },
    poolMax: people,
  };
}
