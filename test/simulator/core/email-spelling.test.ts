import { expect, test } from 'vitest';
import { spellOtherwise } from '../../../simulator/core/email-spelling.ts';

test('an e-mail is spelled in small letters or in capitals, as is drawn', () => {
  const email = 'Ana.Abel@mail.example';
  const spelled = [0, 0.49, 0.5, 0.99].map((draw) => spellOtherwise(email, { next: () => draw }));
  const [small, large] = ['ana.abel@mail.example', 'ANA.ABEL@MAIL.EXAMPLE'];
  expect(spelled).toEqual([small, small, large, large]);
});
