import { expectSoundSeeds } from './expect-sound-seeds.ts';

expectSoundSeeds({ from: 2501, count: 2_500 });
