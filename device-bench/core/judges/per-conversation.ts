import type { Conversation } from '../conversation.ts';

/** Makes a function of a conversation one that computes once for each: many judges ask for the same. */
export function perConversation<Result>(
  compute: (conversation: Conversation) => Result,
): (conversation: Conversation) => Result {
  const known = new WeakMap<Conversation, { readonly result: Result }>();
  return (conversation) => {
    const before = known.get(conversation);
    if (before !== undefined) return before.result;
    const result = compute(conversation);
    known.set(conversation, { result });
    return result;
  };
}
