/** Who the customers of a landing zone are. All of it is invented. */
import type { Identity } from '../../core/people.ts';
import { FIRST_NAMES, LAST_NAMES } from '../../core/names.ts';
import { drawInteger, drawOne, drawUuid } from '../../core/random.ts';
import type { Random, RandomStreams } from '../../core/random.ts';

/** Draws the identity of the person with this number. The number is part of the e-mail address, so that no two are equal. */
export function drawLandingIdentity(random: Random, person: number): Identity {
  const first = drawOne(random, FIRST_NAMES);
  const last = drawOne(random, LAST_NAMES);
  return {
    customerName: `${first} ${last}`,
    email: `${first}.${last}.${person}@mail.example`,
    // 555-0100 to 555-0199 are set aside for fiction.
    phone: `801555${drawInteger(random, 100, 199).toString().padStart(4, '0')}`,
    birthDay: [
      drawInteger(random, 1930, 2004),
      twoDigits(drawInteger(random, 1, 12)),
      twoDigits(drawInteger(random, 1, 28)),
    ].join('-'),
  };
}

/** The serial number of the trainer in a household. */
export function drawTrainerSerial(streams: RandomStreams, household: number): string {
  return drawUuid(streams(`box:${household}/identity`));
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0');
}
