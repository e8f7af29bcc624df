import type { Breach } from './meant-line.ts';

/** The fields behind the class character, the verb first, and a place for what is wrong with them. */
export class Fields {
  readonly breaches: Breach[] = [];
  readonly all: readonly string[];

  constructor(all: readonly string[]) {
    this.all = all;
  }

  /** A field, empty when the line ends before it. */
  text(index: number): string {
    return this.all[index] ?? '';
  }

  /** Says that the line is not one of those of the grammar. */
  refuse(message: string): void {
    // One thing that is wrong is enough: the others mostly follow from it.
    if (!this.breaches.some((breach) => breach.rule === 'STL-FRAME-007')) {
      this.breaches.push({ rule: 'STL-FRAME-007', message });
    }
  }

  /** Says so when there are not `due` fields. */
  count(due: number): void {
    const found = this.all.length;
    if (found !== due) this.refuse(`The line has ${found} fields, not ${due}.`);
  }

  /** A number that may be spelt in a wrong way; `modulus` makes a negative one what it was before it was printed. */
  number(index: number, name: string, modulus: number): number {
    const text = this.text(index);
    if (/^(?:0|[1-9]\d*)$/.test(text)) return Number(text);
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isNaN(value)) {
      if (index < this.all.length) this.refuse(`The ${name} is "${text}", not a number.`);
      return Number.NaN;
    }
    this.#misspelt(`The ${name} is spelt "${text}"`);
    return value < 0 ? value + modulus : Math.round(value);
  }

  /** A boot id in the spelling that it should have. */
  boot(index: number): string {
    const text = this.text(index);
    if (/^[0-9A-F]{4}$/.test(text)) return text;
    const digits = text.trim().replace(/^0x/i, '').toUpperCase();
    if (/^[0-9A-F]{1,8}$/.test(digits)) this.#misspelt(`The boot id is spelt "${text}"`);
    else if (index < this.all.length) this.refuse(`"${text}" is no boot id.`);
    return digits.padStart(4, '0').slice(-4);
  }

  #misspelt(what: string): void {
    this.breaches.push({
      rule: 'STL-FRAME-008',
      message: `${what}; numbers are decimal without sign, leading zeros, blanks or exponent, boot ids four upper-case hexadecimal digits.`,
    });
  }
}
