/** The entry of the judge's process: answers what the demo asks, and ends with it. */
import { constants, setPriority } from 'node:os';
import { describeFailure } from '../../scenarios/index.ts';
import { Court } from './court.ts';
import type { CourtOptions } from './court.ts';
import type { JudgeOrder, JudgeQuestion, JudgeReply } from './judge-messages.ts';

// Ctrl-C in a terminal reaches every process of the group; the parent alone decides what it means.
for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
// A verdict may come a little later; bytes on a serial line may not.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

let court: Court | undefined;
/** Judgements and reports come one after the other; other questions do not wait for them. */
let atWork: Promise<unknown> = Promise.resolve();

process.on('message', (order: JudgeOrder) => {
  if (order.kind === 'begin') begin(order.options);
  else if (order.kind === 'world') court?.updateWorld(order.world);
  else void answer(order.number, order.question);
});
// Without a parent nobody wants a verdict. An exit would wait for what the engine is at.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

/** The process may be ended at any time: all that it writes is in the folder that is removed by whoever made it. */
function begin(options: CourtOptions): void {
  court = new Court(options);
  process.env['TMPDIR'] = options.folder;
}

async function answer(number: number, question: JudgeQuestion): Promise<void> {
  try {
    tell({ kind: 'answer', number, value: await find(court as Court, question) });
  } catch (error) {
    const { code = 'CRASHED', message } = describeFailure(error);
    tell({ kind: 'failure', number, failure: { code, message } });
  }
}

function find(asked: Court, question: JudgeQuestion): Promise<unknown> {
  switch (question.ask) {
    case 'judge':
      return inTurn(() => asked.judge(question.asOfMs));
    case 'report':
      return inTurn(() => asked.report());
    case 'rows':
      return asked.rows(question.query);
    case 'life':
      return asked.life(question.reading);
    case 'objects':
      return asked.objects(question.table);
  }
}

function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const done = atWork.then(work);
  atWork = done.catch(() => undefined);
  return done;
}

function tell(reply: JudgeReply): void {
  // A parent that is gone needs no answer.
  if (process.connected) process.send?.(reply, undefined, undefined, () => undefined);
}
