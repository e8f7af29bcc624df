/** Runs before each test file, also where several of them share a process and its modules: those run their code once. */
import { afterAll } from 'vitest';
import { tidyUp } from './stedi.ts';

afterAll(tidyUp);
