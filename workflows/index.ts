/** Every workflow that a worker offers, and nothing else: the bundler registers whatever stands here. */
export { dream } from './dream.ts';
