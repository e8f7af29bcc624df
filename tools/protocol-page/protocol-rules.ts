/** The parts of docs/protocol.md that are written from the table of rules and its example conversations. */
import { LEVELS, RULE_IDS, RULE_VECTORS, RULES } from '../../firmware-protocol/index.ts';
import type { Level, RuleId, RuleVector, VectorEntry } from '../../firmware-protocol/index.ts';

/** Longer conversations are cut in the middle. */
const ENTRIES_SHOWN = 12;
const ENTRIES_AT_END = 2;

const FAMILIES: Readonly<Record<string, string>> = {
  RAW: 'Raw records',
  FRAME: 'Lines',
  BOOT: 'Booting',
  IDENT: 'Identity',
  CMD: 'Commands',
  ERR: 'Errors',
  STREAM: 'Streaming',
  SEQ: 'Sequence numbers',
  TICK: 'Ticks',
  OVER: 'Overload',
  SYNC: 'Clock synchronisation',
};

const LEVEL_MEANINGS: Readonly<Record<Level, readonly [name: string, gets: string]>> = {
  L0: ['raw', 'Lines of JSON land as they are, marked as without integrity.'],
  L1: ['framed', 'CRC, sequence numbers and boot ids: what is damaged, lost or doubled is seen.'],
  L2: ['managed', 'The host asks who it is, starts and stops it, and knows that it is alive.'],
  L3: [
    'timed',
    'The host fits the device clock, and readings get the time at which they were taken.',
  ],
};

/** The table of levels, with the number of rules that each adds. */
export function levelsTable(): string {
  const rows = LEVELS.map((level) => {
    const [name, gets] = LEVEL_MEANINGS[level];
    const count = RULE_IDS.filter((id) => RULES[id].level === level).length;
    return `| **${level}** | ${name} | ${gets} | ${count} |`;
  });
  return ['| level | name | what the host gets | rules |', '|---|---|---|---|', ...rows].join('\n');
}

/** What is legal although it looks different, by rule. */
export function variationsTable(): string {
  const rows = RULE_IDS.flatMap((id) => {
    const { legal } = RULES[id];
    return legal === undefined ? [] : [`| ${linkTo(id)} | ${legal} |`];
  });
  return ['| rule | legal |', '|---|---|', ...rows].join('\n');
}

/** All rules in one table, each with a link to its own section. */
export function rulesIndex(): string {
  const rows = RULE_IDS.map((id) => `| ${linkTo(id)} | ${RULES[id].level} | ${RULES[id].title} |`);
  return ['| id | level | title |', '|---|---|---|', ...rows].join('\n');
}

/** A section for each rule: its sentence, level, hint and conversations. */
export function ruleSections(): string {
  const sections: string[] = [];
  let family = '';
  for (const id of RULE_IDS) {
    const [, name = ''] = id.split('-');
    if (name !== family) sections.push(`### ${FAMILIES[name] ?? name}`);
    family = name;
    sections.push(ruleSection(id));
  }
  return sections.join('\n\n');
}

function ruleSection(id: RuleId): string {
  const { level, title, must, hint, legal, option } = RULES[id];
  const { right, wrong } = RULE_VECTORS[id];
  const facts =
    option === undefined ? `Level ${level}` : `Level ${level}, with the option \`${option}\``;
  const parts = [
    `#### ${id}`,
    `**${title}.** ${must}`,
    `${facts}. _Where to look:_ ${hint}`,
    ...(legal === undefined ? [] : [`_Legal:_ ${legal}`]),
    example('Right', shortest(right)),
    example('Wrong', shortest(wrong)),
    others('Also right', right),
    others('Also wrong', wrong),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function shortest(vectors: readonly RuleVector[]): RuleVector {
  return vectors.toSorted((a, b) => a.entries.length - b.entries.length)[0] as RuleVector;
}

function example(verdict: string, { about, entries }: RuleVector): string {
  const lines = entries.map(entryText);
  const cut = lines.length - ENTRIES_SHOWN;
  const shown =
    cut < 2
      ? lines
      : [
          ...lines.slice(0, ENTRIES_SHOWN - ENTRIES_AT_END),
          `          … ${cut} more`,
          ...lines.slice(-ENTRIES_AT_END),
        ];
  return `${verdict}: ${about}.\n\n\`\`\`text\n${shown.join('\n')}\n\`\`\``;
}

function others(verdict: string, vectors: readonly RuleVector[]): string {
  const first = shortest(vectors);
  const rest = vectors.filter((vector) => vector !== first).map(({ about }) => about);
  return rest.length === 0 ? '' : `${verdict}: ${rest.join('; ')}.`;
}

/** One entry as the specification prints it: time in ms, host or device, bytes without the CR LF that ends most lines. */
export function entryText(entry: VectorEntry): string {
  const time = String(entry.atMs).padStart(6);
  if (entry.kind === 'reset') return `${time}  (reset)`;
  if (entry.kind === 'act') return `${time}  (nothing more)`;
  const who = entry.kind === 'sent' ? 'host  ' : 'device';
  return `${time}  ${who}  ${printable(entry.bytes.replace(/\r\n$/, ''))}`.trimEnd();
}

/** Bytes as one can read them: control characters as pictures, others beyond ASCII in hex. */
function printable(bytes: string): string {
  return bytes.replaceAll(/[^ -~]/g, (byte) => {
    const code = byte.charCodeAt(0);
    if (code === 0x7f) return '␡';
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return `<${code.toString(16).toUpperCase()}>`;
  });
}

function linkTo(id: RuleId): string {
  return `[${id}](#${id.toLowerCase()})`;
}
