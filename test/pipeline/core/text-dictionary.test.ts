import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextDictionary } from '../../../pipeline/core/text-dictionary.ts';

/** Numbers the texts; with few different hashes, so that many texts share one. */
function numbered(dictionary: TextDictionary, texts: readonly string[]): number[] {
  return texts.map((text) => {
    const bytes = Buffer.from(`${text}....`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return dictionary.numberOf(view, 0, bytes.length - 4, text.length % 3);
  });
}

/** The texts of a dictionary, each with its length in front. */
function textsOf({ bytes }: TextDictionary): string[] {
  const buffer = Buffer.from(bytes);
  const texts: string[] = [];
  for (let at = 0; at < buffer.length; at += 4 + buffer.readUInt32LE(at)) {
    texts.push(buffer.toString('utf8', at + 4, at + 4 + buffer.readUInt32LE(at)));
  }
  return texts;
}

it('gives every text one number, and keeps it once', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 9 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 400 }), (texts) => {
      const dictionary = new TextDictionary();
      const different = [...new Set(texts)];
      expect(numbered(dictionary, texts)).toEqual(texts.map((each) => different.indexOf(each)));
      expect(textsOf(dictionary)).toEqual(different);
      expect(dictionary.size).toBe(different.length);
    }),
  );
});

it('begins anew when it is cleared', () => {
  const dictionary = new TextDictionary();
  numbered(
    dictionary,
    Array.from({ length: 1_000 }, (_, index) => `text ${index}`),
  );
  dictionary.clear();
  expect(numbered(dictionary, ['b', 'a', 'b'])).toEqual([0, 1, 0]);
  expect(textsOf(dictionary)).toEqual(['b', 'a']);
});
