import { expectSoundSeeds } from './expect-sound-seeds.ts';

expectSoundSeeds({ from: 7501, count: 2_500 });
