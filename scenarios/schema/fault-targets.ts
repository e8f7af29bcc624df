/** What faults act on, as scenario files name it: `trainer[3]`, `phone[2]`, `phones`. */
import * as z from 'zod';

/** A phone, or every phone. */
export type PhoneTarget = { phone: number | undefined };

/** What sends twice, or loses something: a trainer, a phone, or every phone. */
export type DuplicateTarget = { trainer: number } | PhoneTarget;

const TRAINER = /^trainer\[(\d+)\](?:\.serial)?$/;
const PHONE = /^phone\[(\d+)\]$/;

/** `trainer[3]`, as its number. */
export const trainer: z.ZodType<number> = z
  .string()
  .transform((text, context) => {
    const match = TRAINER.exec(text);
    if (match === null) context.addIssue(`expected a trainer such as trainer[3]; found ${text}`);
    return match === null ? z.NEVER : Number(match[1]);
  })
  .meta({
    description: 'The trainer of a household, counted from 0.',
    pattern: TRAINER.source,
    examples: ['trainer[3]'],
  });

/** `phones` for all, `phone[2]` or `trainer[3]`. */
export const duplicateTarget: z.ZodType<DuplicateTarget> = z
  .string()
  .transform((text, context): DuplicateTarget => {
    const [phone, box] = [PHONE.exec(text), TRAINER.exec(text)];
    if (box !== null) return { trainer: Number(box[1]) };
    if (phone === null && text !== 'phones') {
      context.addIssue(
        `expected phones, a phone such as phone[2] or a trainer such as trainer[3]; found ${text}`,
      );
    }
    return { phone: phone === null ? undefined : Number(phone[1]) };
  })
  .meta({
    description: 'Every phone, the phone of a person, or the trainer of a household; from 0.',
    pattern: `${TRAINER.source}|${PHONE.source}|^phones$`,
    examples: ['phones', 'phone[2]', 'trainer[3]'],
  });

/** `phones` for all, or `phone[2]`. */
export const phoneTarget: z.ZodType<PhoneTarget> = z
  .string()
  .transform((text, context): PhoneTarget => {
    const phone = PHONE.exec(text);
    if (phone === null && text !== 'phones') {
      context.addIssue(`expected phones, or a phone such as phone[2]; found ${text}`);
    }
    return { phone: phone === null ? undefined : Number(phone[1]) };
  })
  .meta({
    description: 'Every phone, or the phone of a person, counted from 0.',
    pattern: `${PHONE.source}|^phones$`,
    examples: ['phones', 'phone[2]'],
  });
