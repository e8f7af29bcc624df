import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  childText,
  element,
  errorDocument,
  parseXml,
  textElement,
  xmlDocument,
} from '../../../simulator/object-store/xml.ts';

describe('reading XML', () => {
  it('gives elements, their order and text', () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<Delete xmlns="urn:x"><Quiet>true</Quiet><Object a="1"><Key>a&amp;b&#x20AC;<![CDATA[<c>]]></Key></Object></Delete>',
    );
    expect(root?.name).toBe('Delete');
    expect(root?.children.map(({ name }) => name)).toEqual(['Quiet', 'Object']);
    const [, object] = root?.children ?? [];
    expect(object && childText(object, 'Key')).toBe('a&b€<c>');
    expect(object && childText(object, 'Version')).toBeUndefined();
  });

  it.each([
    ['', 'nothing'],
    ['text', 'no element'],
    ['<a>', 'an open element'],
    ['<a></b>', 'crossed elements'],
    ['<a/><b/>', 'two roots'],
    ['<a>&unknown;</a>', 'an unknown entity'],
    ['<a>\u0001</a>', 'a control character'],
    ['<!DOCTYPE a><a/>', 'a document type'],
    ['<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><a>&x;&x;</a>', 'an entity that grows'],
    [`${'<a>'.repeat(9)}${'</a>'.repeat(9)}`, 'nesting without end'],
  ])('refuses %j: %s', (document) => {
    expect(parseXml(document)).toBeUndefined();
  });

  it('never throws', () => {
    const fragments = fc.constantFrom(
      '<a>',
      '</a>',
      '<',
      '>',
      '&',
      ';',
      '<!',
      '<?',
      ']]>',
      'x',
      '"',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(fragments), (parts) => {
        const root = parseXml(parts.join(''));
        expect(root === undefined || root.name === 'a').toBe(true);
      }),
    );
  });
});

describe('writing XML', () => {
  it('nests elements and escapes text', () => {
    expect(element('A', textElement('B', 'x'), textElement('C', 1), textElement('D', true))).toBe(
      '<A><B>x</B><C>1</C><D>true</D></A>',
    );
    expect(textElement('Key', `<&">\r\u0001`)).toBe('<Key>&lt;&amp;&quot;&gt;&#xD;&#x1;</Key>');
  });

  it('gives back every text that XML can hold', () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cc}|\p{Co}/u.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        const root = parseXml(xmlDocument('Root', textElement('Text', text)));
        expect(root && childText(root, 'Text')).toBe(text);
      }),
    );
  });

  it('documents carry their namespace, errors none', () => {
    expect(xmlDocument('Root')).toMatch(/^<\?xml .*\?>\n<Root xmlns="http:.*"><\/Root>$/);
    expect(errorDocument({ Code: 'X', Message: 'a < b' })).toMatch(
      /\n<Error><Code>X<\/Code><Message>a &lt; b<\/Message><\/Error>$/,
    );
  });
});
