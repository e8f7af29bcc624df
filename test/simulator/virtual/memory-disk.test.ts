import { describe, expect, it } from 'vitest';
import { MemoryDisk } from '../../../simulator/virtual/memory-disk.ts';

// What every disk does is held by the suite in test/contracts/.
describe('MemoryDisk', () => {
  it('takes nothing more from a process that was killed, and tells it nothing', async () => {
    const machine = new MemoryDisk();
    const dead = machine.mount();
    const file = await dead.create('a');
    file.write(Buffer.from('before'));
    machine.kill();
    file.write(Buffer.from('after'));
    file.cut(0);
    dead.note('noted', Buffer.from('x'));
    const answers: string[] = [];
    void file.sync().then(() => answers.push('sync'));
    void dead.list().then(() => answers.push('list'));
    const alive = machine.mount();
    expect(await alive.list()).toEqual([{ name: 'a', bytes: 6 }]);
    expect(Buffer.from(await alive.read('a')).toString()).toBe('before');
    expect(answers).toEqual([]);
  });

  it('says by its code what is missing and what is there already', async () => {
    const disk = new MemoryDisk().mount();
    await disk.create('a');
    await expect(disk.create('a')).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(disk.open('b')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(disk.read('b')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
