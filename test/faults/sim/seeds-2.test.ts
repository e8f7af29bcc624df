import { expectSoundSeeds } from './expect-sound-seeds.ts';

expectSoundSeeds(1);
