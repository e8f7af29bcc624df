import { expectSoundSeeds } from './expect-sound-seeds.ts';

expectSoundSeeds({ from: 5001, count: 2_500 });
