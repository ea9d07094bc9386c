/** Of each test file that may start a dream. */
import { afterAll } from 'vitest';
import { closeReplayer } from './replayer.ts';

afterAll(closeReplayer);
