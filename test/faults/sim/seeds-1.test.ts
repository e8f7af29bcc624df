import { expectSoundSeeds } from './expect-sound-seeds.ts';

expectSoundSeeds({ from: 1, count: 2_500 });
