/** Every version of the example, each under a workflow type of its own, so that one worker runs them all. */
export { tidy as v1 } from './v1.ts';
export { tidy as v2Unpatched } from './v2-unpatched.ts';
export { tidy as v2 } from './v2.ts';
export { tidy as v3 } from './v3.ts';
export { tidy as v4 } from './v4.ts';
