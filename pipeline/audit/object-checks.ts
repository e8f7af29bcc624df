/** Landing objects of which nothing can be read: one of them may hold more rows than all single lines in quarantine. */
import { LANDING_TABLES } from '../core/catalog.ts';
import type { AuditFinding, Check } from './finding.ts';
import { count, describeEntry, size } from './wording.ts';

/** Whole objects that are in quarantine. */
export const checkObjects: Check = (_engine, { setAside, quarantine }) => {
  const perTable = LANDING_TABLES.flatMap((table) => setAside?.[table] ?? []);
  const objects = perTable.reduce((sum, aside) => sum + aside.objects, 0);
  if (objects === 0) return Promise.resolve([]);
  const bytes = perTable.reduce((sum, aside) => sum + aside.bytes, 0);
  const first = quarantine.find(({ line }) => line === 0);
  const finding: AuditFinding = {
    id: 'objects-unreadable',
    rows: objects,
    title: `${count(objects, 'whole object')} (${size(bytes)}) of the landing zone cannot be read.`,
    example: first === undefined ? 'See the quarantine folder.' : describeEntry(first),
    why: 'An upload was damaged, or the object is of another kind. All of its rows are missing in the zones, however many they are.',
    fix: 'Upload these objects again from where they come from; move what holds no landing records out of the landing zone.',
    breaks: false,
  };
  return Promise.resolve([finding]);
};
